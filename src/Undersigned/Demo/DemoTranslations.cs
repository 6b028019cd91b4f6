namespace Undersigned.Demo;

/// <summary>A translation of the demo's letter, as an editor types it.</summary>
internal sealed record DemoTranslation(string Language, string Title, string Addressees, string Body, IReadOnlyList<string> Demands, string Translator)
{
    public static readonly IReadOnlyList<DemoTranslation> All =
    [
        new(
            "es",
            "Dejen que los inspectores publiquen lo que encuentran",
            "El Ministro de Vías Navegables; la Comisión de Seguridad Pública de la Asamblea",
            """
            Señor Ministro:

            Hemos construido, medido, inspeccionado y defendido las presas, las esclusas y los diques de este país. Algunos empezamos cuando el agua aún se leía a la luz de una lámpara en una vara de hierro; otros dejamos nuestro escritorio el otoño pasado. Hemos servido bajo siete gobiernos, de los dos partidos, y cada uno de nosotros discrepó de casi todos en algo. Ninguno dudó jamás de que un inspector que encuentra una grieta puede escribir que hay una grieta.

            El 12 de enero usted ordenó que ningún informe de la Inspección de Presas y Esclusas se publicara, ni llegara a la Asamblea, antes de que su gabinete aprobase la redacción.[^1] Desde entonces se han terminado once informes. No ha aparecido ninguno.[^2]

            Tres inspectores que pidieron ver la orden por escrito han sido trasladados a puestos sin funciones.[^3] Uno de ellos había informado sobre una galería situada encima de una ciudad de nueve mil habitantes. El informe está terminado. La ciudad no lo ha leído.

            Esto no es una disputa entre partidos, ni entre ingenieros. La ley por la que se rige la Inspección tiene cuarenta y cuatro años, y una frase suya ha sobrevivido a todas las revisiones: *el inspector informa de lo que encuentra a quienes viven aguas abajo.* Se escribió al año siguiente de Kestrel Mere, cuando el agua llegó antes que la nota que hablaba de ella.

            Conocemos los argumentos para esperar. Los informes alarman. Las cifras se leen mal. Las reparaciones cuestan un dinero que nadie ha votado. Hemos oído esos argumentos en nuestros propios despachos, y algunos los hemos dado. Ninguno de ellos ha sostenido jamás un muro. Una presa no lee la versión acordada.

            Quienes hoy trabajan allí no pueden decir esto sin arriesgar lo que nosotros ya no tenemos que perder. Ofrecemos nuestros nombres, nuestros años de servicio y, donde se desee, nuestra ayuda.

            [^1]: Orden ministerial 2026/03, «Coordinación de las comunicaciones técnicas», de 12 de enero de 2026, artículo 2.
            [^2]: Registro de la Inspección, asientos 2026-001 a 2026-011, leídos el 14 de febrero de 2026.
            [^3]: Notificaciones de traslado de 19 y 22 de enero de 2026, vistas por Weirkeepers.
            """,
            [
                "que retire la orden de 12 de enero y publique en catorce días los once informes terminados, tal como los firmaron sus autores;",
                "que devuelva a los tres inspectores a sus puestos y declare por escrito que nadie será trasladado, degradado ni despedido por un hallazgo hecho de buena fe;",
                "que presente a la Asamblea, antes de que acabe el período de primavera, un proyecto de ley que dé a la Inspección presupuesto propio y a su dirección un mandato que dure más que un gobierno.",
            ],
            "Inés Valdehierro"),
        new(
            "ar",
            "دعوا المفتشين ينشرون ما يجدون",
            "وزير المجاري المائية؛ لجنة السلامة العامة في الجمعية",
            """
            معالي الوزير،

            نحن الذين بنينا سدود هذا البلد وأهوسته وحواجزه، وقسناها وفتّشناها ودافعنا عنها. بعضنا بدأ حين كان منسوب الماء لا يزال يُقرأ على ضوء مصباح من عصا حديدية، وبعضنا ترك مكتبه في الخريف الماضي. خدمنا في ظل سبع حكومات من الحزبين كليهما، واختلف كل واحد منا مع معظمها في أمر ما. ولم يشكّ أحد منا قط في أن للمفتش الذي يجد شقاً أن يكتب أن هناك شقاً.

            في 12 يناير أمرتم بألا يُنشر أي تقرير لمفتشية السدود والأهوسة، وألا يُحال إلى الجمعية، قبل أن يوافق مكتبكم على صياغته.[^1] ومنذ ذلك اليوم أُنجز أحد عشر تقريراً، ولم يظهر منها شيء.[^2]

            ونُقل ثلاثة مفتشين طلبوا الاطلاع على الأمر مكتوباً إلى وظائف بلا مهام.[^3] وكان أحدهم قد كتب تقريراً عن رواق يعلو بلدة يسكنها تسعة آلاف نسمة. التقرير منجز، والبلدة لم تقرأه.

            ليس هذا خلافاً بين حزبين، ولا بين مهندسين. فالقانون الذي تعمل المفتشية بموجبه عمره أربع وأربعون سنة، وقد بقيت فيه جملة واحدة بعد كل تعديل: *يُبلّغ المفتش بما يجده من يعيشون أسفل السد.* كُتبت في السنة التي تلت كارثة كيسترل مير، حين وصل الماء قبل المذكرة التي تتحدث عنه.

            نعرف حجج الانتظار: التقارير تثير القلق، والأرقام يُساء فهمها، والإصلاحات تكلّف مالاً لم يُقرّه أحد. سمعنا هذه الحجج في مكاتبنا، ومنا من قالها. لكن أياً منها لم يسند جداراً يوماً. والسد لا يقرأ الصيغة المتفق عليها.

            ومن يعملون هناك اليوم لا يستطيعون قول هذا دون أن يخاطروا بما لم يعد لدينا ما نخسره منه. نقدّم أسماءنا وسنوات خدمتنا، ومساعدتنا حيث تُطلب.

            [^1]: الأمر الوزاري 2026/03، «تنسيق الاتصالات الفنية»، 12 يناير 2026، المادة 2.
            [^2]: سجل المفتشية، القيود من 2026-001 إلى 2026-011، كما قُرئت في 14 فبراير 2026.
            [^3]: إشعارات نقل مؤرخة في 19 و22 يناير 2026، اطّلعت عليها جمعية Weirkeepers.
            """,
            [
                "أن تسحبوا أمر 12 يناير، وتنشروا التقارير الأحد عشر المنجزة خلال أربعة عشر يوماً كما وقّعها أصحابها؛",
                "أن تعيدوا المفتشين الثلاثة إلى وظائفهم، وتعلنوا كتابةً أن أحداً لن يُنقل أو تُخفّض درجته أو يُفصل بسبب ما وجده بحسن نية؛",
                "أن تعرضوا على الجمعية، قبل انتهاء دورة الربيع، مشروع قانون يمنح المفتشية ميزانية خاصة بها ورئيسها ولاية أطول من عمر أي حكومة.",
            ],
            "سلمى الخطيب"),
    ];
}
