// Package abitest has what tests of the module share: made-up packs, made-up visits as calls of the module, and a file
// in which calls travel to the places that replay them.
//
// All of it is deterministic and the same on every architecture: a seed names a visit.
package abitest
