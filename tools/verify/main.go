// An independent verifier of phigate's audit log: the standard library alone, and nothing of phigate's.
//
//	go run main.go [-keys FILE] [-checkpoint FILE] [-package] FOLDER
//
// FOLDER holds audit-*.ndjson and audit.ndjson, and audit.checkpoints. -keys is what `phigate keys public` printed,
// -checkpoint a file of checkpoints noted earlier, -package says that FOLDER is a package of evidence.
// A record is one line of JSON that ends with `,"seq":N,"prev":"HEX","hash":"HEX"}}`. Its digest is the SHA-256 of what
// stands before that, and `}}`; its hash is the SHA-256 of `N:PREV:DIGEST`; prev is the hash of the record before it.
// In a package `{"seq":N,"digest":"HEX"}` stands for a record that is left out. A checkpoint is an Ed25519 signature
// over six lines: `phigate audit checkpoint`, version, seq, hash, time, key.
// Exit code 0: it checks. 1: it does not, and the first bad line is named. 2: something cannot be read.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

type checkpoint struct {
	Version, Seq    int
	Hash, Time, Key string
	Signature       []byte
	from            string
}

var (
	tail      = regexp.MustCompile(`,"seq":(\d{1,15}),"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}\}$`)
	omitted   = regexp.MustCompile(`^\{"seq":(\d{1,15}),"digest":"([0-9a-f]{64})"\}$`)
	retention = regexp.MustCompile(`"kind":"retention".*"removed":\{"first":\d{1,15},"last":(\d{1,15})\}`)
)

func sha(text []byte) string { return fmt.Sprintf("%x", sha256.Sum256(text)) }

func link(seq int, prev, digest string) string {
	return sha(fmt.Appendf(nil, "%d:%s:%s", seq, prev, digest))
}

func bad(path string, line int, problem string, args ...any) {
	fmt.Printf("bad: %s line %d: %s\n", path, line, fmt.Sprintf(problem, args...))
	os.Exit(1)
}

// Calls with every line; the last one may lack its newline.
func lines(path string, each func(number int, line []byte, whole bool)) {
	text, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	all := bytes.Split(text, []byte("\n"))
	for index, line := range all {
		if whole := index < len(all)-1; whole || len(line) > 0 {
			each(index+1, line, whole)
		}
	}
}

type publicKeys struct {
	Keys []struct{ ID, PublicKey string }
}

// Without keys signatures are not looked at.
func (p publicKeys) signed(c checkpoint, text string) bool {
	for _, key := range p.Keys {
		if bytes, _ := base64.StdEncoding.DecodeString(key.PublicKey); key.ID == c.Key && len(bytes) == 32 {
			return ed25519.Verify(bytes, []byte(text), c.Signature)
		}
	}
	return p.Keys == nil
}

func readCheckpoints(path string, keys publicKeys, found []checkpoint) []checkpoint {
	before := 0
	lines(path, func(number int, line []byte, whole bool) {
		c := checkpoint{from: fmt.Sprintf("%s line %d", filepath.Base(path), number)}
		if !whole {
			return
		} else if json.Unmarshal(line, &c) != nil || c.Seq <= before {
			bad(path, number, "it is no checkpoint, or not behind the one before it")
		}
		signed := fmt.Sprintf("phigate audit checkpoint\n%d\n%d\n%s\n%s\n%s\n", c.Version, c.Seq, c.Hash, c.Time, c.Key)
		if !keys.signed(c, signed) {
			bad(path, number, "the signature is wrong, or its key is not given")
		}
		before, found = c.Seq, append(found, c)
	})
	return found
}

// The place of a line in the chain, or what is wrong with the line.
func read(line []byte, prev string, isPackage bool) (seq int, prior, hash, problem string) {
	if m := omitted.FindSubmatch(line); m != nil && isPackage {
		seq, _ = strconv.Atoi(string(m[1]))
		return seq, prev, link(seq, prev, string(m[2])), ""
	}
	m := tail.FindSubmatch(line[max(0, len(line)-200):])
	if m == nil {
		return 0, "", "", "the line does not end with seq, prev and hash"
	}
	seq, _ = strconv.Atoi(string(m[1]))
	content := append(bytes.Clone(line[:len(line)-len(m[0])]), "}}"...)
	if link(seq, string(m[2]), sha(content)) != string(m[3]) || !json.Valid(line) {
		problem = "the hash does not fit the record"
	}
	return seq, string(m[2]), string(m[3]), problem
}

// Walks down the chain, and meets every checkpoint at its place.
func verify(files []string, expected []checkpoint, beside map[string]bool, isPackage bool) {
	head, hash, start, removed, records, torn := -1, strings.Repeat("0", 64), 0, 0, 0, false
	for _, path := range files {
		lines(path, func(number int, line []byte, whole bool) {
			if torn {
				bad(path, number, "records follow a torn line")
			} else if torn = !whole; torn {
				end := bytes.LastIndex(line, []byte(`"}}`)) + 3
				if seq, _, _, problem := read(line[:min(end, len(line))], "", false); end > 2 && end < len(line) && problem == "" && seq == max(head, 0)+1 {
					bad(path, number, "the newline of the record was altered")
				}
				return
			}
			if head < 0 { // What the log begins with: the first record, or one behind a checkpoint.
				first := 1
				if _, _ = fmt.Sscanf(filepath.Base(files[0]), "audit-%d-", &first); isPackage {
					first, _, _, _ = read(line, "", true)
				}
				for head = max(first-1, 0); len(expected) > 0 && expected[0].Seq < head; expected = expected[1:] {
					if !beside[fmt.Sprint(expected[0].Seq, expected[0].Hash)] {
						bad(path, number, "record %d was removed, and its checkpoint is not here", expected[0].Seq)
					}
				}
				if start = head; start > 0 && (len(expected) == 0 || expected[0].Seq != start) {
					bad(path, number, "no checkpoint covers record %d", start)
				} else if start > 0 {
					hash = expected[0].Hash
				}
			}
			seq, prev, next, problem := read(line, hash, isPackage)
			if problem != "" {
				bad(path, number, "%s", problem)
			} else if seq != head+1 || prev != hash {
				bad(path, number, "record %d is not the next one after %d", seq, head)
			}
			head, hash, records = seq, next, records+1
			for _, m := range retention.FindAllSubmatch(line, 1) {
				removed, _ = strconv.Atoi(string(m[1]))
			}
			for ; len(expected) > 0 && expected[0].Seq <= head; expected = expected[1:] {
				if expected[0].Seq == head && expected[0].Hash != hash {
					bad(path, number, "it is not the record of %s: the log was rewritten", expected[0].from)
				}
			}
		})
	}
	if len(expected) > 0 {
		bad(files[len(files)-1], records+1, "the log ends before record %d of %s", expected[0].Seq, expected[0].from)
	} else if start > removed && !isPackage {
		bad(files[0], 1, "no record says that those before the first were removed")
	}
	fmt.Printf("ok: %d records, head %d:%s\n", records, max(head, 0), hash)
}

func main() {
	keyFile := flag.String("keys", "", "public keys")
	earlier := flag.String("checkpoint", "", "checkpoints noted earlier")
	isPackage := flag.Bool("package", false, "a package of evidence")
	flag.Parse()
	files, _ := filepath.Glob(filepath.Join(flag.Arg(0), "audit*.ndjson")) // Sorted: audit.ndjson is the last one.
	if len(files) == 0 {
		panic("there is no log in the folder")
	}
	var keys publicKeys
	if text, err := os.ReadFile(*keyFile); *keyFile != "" && (err != nil || json.Unmarshal(text, &keys) != nil) {
		panic("the public keys cannot be read")
	}
	var expected []checkpoint
	if beside, _ := filepath.Glob(filepath.Join(flag.Arg(0), "audit.checkpoints")); beside != nil {
		expected = readCheckpoints(beside[0], keys, nil)
	}
	signed := map[string]bool{}
	for _, c := range expected {
		signed[fmt.Sprint(c.Seq, c.Hash)] = true
	}
	if *earlier != "" {
		expected = readCheckpoints(*earlier, keys, expected)
		sort.SliceStable(expected, func(a, b int) bool { return expected[a].Seq < expected[b].Seq })
	}
	verify(files, expected, signed, *isPackage)
}
