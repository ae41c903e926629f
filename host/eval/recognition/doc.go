// Package recognition tells what suggestions give away of a visit, and what they are worth: it plays visits to a pack at each layer and for
// each number of faces, and lets an adversary guess from what was shown what was viewed before.
//
// What is public is no secret to the adversary: the pack, the code, and the page. The question is how much the list tells beside these.
package recognition
