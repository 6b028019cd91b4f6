namespace Undersigned.Log;

/// <summary>The bytes or text are not of the format they should be. The only exception a parser of this library throws, whatever it is given.</summary>
public sealed class LogFormatException : Exception
{
    /// <summary>A malformed input, with what is wrong with it. The message never quotes the input.</summary>
    public LogFormatException(string message) : base(message) { }
}
