// Command nabij builds what a site needs for suggestions, and shows what visitors will get.
//
//	nabij demo                                       a visit to a shop that is built in
//	nabij build feed.xml --out dist                  a product feed into a pack
//	nabij learn visits.csv --out learned.jsonl       what crowds met together, for a build
//	nabij eval --pack dist later-visits.csv          how good a pack is
//	nabij suggest --pack dist --visit visit.jsonl    what a visit is shown, and why
//	nabij faces --pack dist --item ID                every list that a page can show
//	nabij policy --pack dist                         what visitors may read of what is done with a visit
//	nabij check dist                                 whether a build is whole
//	nabij lint texts                                 whether texts sound as if visitors were watched
//	nabij dump dist                                  every byte of a pack
//
// The exit code is 0 when all went well, 1 when something was refused or failed, and 2 when the command line was wrong.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
