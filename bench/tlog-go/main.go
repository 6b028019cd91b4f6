// Appends and verifies the same entries with golang.org/x/mod/sumdb/tlog, for comparison.
//
// It is built in GOPATH mode from Debian's packages golang-go and golang-golang-x-mod-dev, as bench/run does:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o tlog-go bench/tlog-go/main.go
//
// Its argument is a file of entries, each after its length as a big-endian uint16. It prints the root and, line by line,
// processor seconds and what they were spent on.
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	batchSize  = 1000
	tileHeight = 8
)

// stored holds the hashes of complete subtrees in the order that tlog numbers them.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = s[index]
	}
	return hashes, nil
}

func main() {
	runtime.GOMAXPROCS(1)
	entries := readEntries(os.Args[1])

	seconds := map[string]float64{}
	order := []string{"hash each entry once", "append in batches of 1,000, with all tiles", "verify: leaf hashes → root"}
	seconds[order[0]] = measure(func() {
		for _, entry := range entries {
			sha256.Sum256(entry)
		}
	})
	var root tlog.Hash
	seconds[order[1]] = measure(func() { root = appendAll(entries) })
	seconds[order[2]] = measure(func() {
		if verifyAll(entries) != root {
			panic("the root differs")
		}
	})

	fmt.Println("root", root)
	for _, name := range order {
		fmt.Printf("%.6f %s\n", seconds[name], name)
	}
}

func readEntries(path string) (entries [][]byte) {
	data, err := os.ReadFile(path)
	check(err)
	for len(data) > 0 {
		length := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:length])
		data = data[length:]
	}
	return entries
}

// appendAll stores the hashes of each batch, and then makes the tiles that it began or widened.
func appendAll(entries [][]byte) tlog.Hash {
	var hashes stored
	size := int64(0)
	for size < int64(len(entries)) {
		before := size
		for ; size < int64(len(entries)) && size < before+batchSize; size++ {
			hashes = storeNext(hashes, size, entries[size])
		}
		for _, tile := range tlog.NewTiles(tileHeight, before, size) {
			_, err := tlog.ReadTileData(tile, hashes)
			check(err)
		}
	}
	root, err := tlog.TreeHash(size, hashes)
	check(err)
	return root
}

func verifyAll(entries [][]byte) tlog.Hash {
	hashes := make(stored, 0, 2*len(entries))
	for i, entry := range entries {
		hashes = storeNext(hashes, int64(i), entry)
	}
	root, err := tlog.TreeHash(int64(len(entries)), hashes)
	check(err)
	return root
}

func storeNext(hashes stored, index int64, entry []byte) stored {
	added, err := tlog.StoredHashes(index, entry, hashes)
	check(err)
	return append(hashes, added...)
}

func measure(work func()) float64 {
	runtime.GC()
	before := processorTime()
	work()
	return (processorTime() - before).Seconds()
}

func processorTime() time.Duration {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
