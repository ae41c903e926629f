package abi

import "github.com/nabij/nabij/core"

// The reply of faces:
//
//	0  u16  version           6  u16  face record size, 4
//	2  u16  head size, 12     8  u16  suggestion record size, 20
//	4  u8   count of faces   10  u16  0
//	5  u8   0
//	12 for each face its record, then its suggestions as in the reply of suggest
//
//	face record:
//	0  u16  share of plausible visits that would pick it, in thousandths
//	2  u8   count of suggestions
//	3  u8   0

// maxFaces is the most faces that a policy can ask for.
const maxFaces = 8

var (
	errFaces = &core.Error{Status: core.BadMessage, Field: "faces.count", Text: "is more than 8"}
	errShare = &core.Error{Status: core.BadMessage, Field: "face.share", Text: "is more than 1000 thousandths"}
)

// AppendFaces appends the reply of faces to dst.
func AppendFaces(dst []byte, faces []core.Face) []byte {
	w := writer{b: dst}
	w.faces(faces)
	return w.b
}

func (w *writer) faces(faces []core.Face) {
	w.begin(facesHead)
	w.put16(uint16(byte(len(faces))))
	w.put16(faceRecord)
	w.put16(suggestionRecord)
	w.put16(0)
	for i := range faces {
		f := &faces[i]
		w.put16(f.SharePermille)
		w.put16(uint16(byte(len(f.Suggestions))))
		w.suggestions(f.Suggestions)
	}
}

// DecodeFaces reads the reply of faces. The slices are new.
func DecodeFaces(b []byte) ([]core.Face, error) {
	at, err := replyOf(b, facesHead)
	if err != nil {
		return nil, err
	}
	count, size, record := int(b[4]), int(get16(b[6:])), int(get16(b[8:]))
	if count > maxFaces {
		return nil, errFaces
	}
	if count > 0 && size < faceRecord {
		return nil, errRecord
	}
	faces := make([]core.Face, count)
	for i := range faces {
		if len(b)-at < size {
			return nil, errTruncated
		}
		f := &faces[i]
		f.SharePermille = get16(b[at:])
		if f.SharePermille > 1000 {
			return nil, errShare
		}
		f.Suggestions, at, err = decodeSuggestions(b, at+size, int(b[at+2]), record)
		if err != nil {
			return nil, err
		}
	}
	if err := exactly(b, at); err != nil {
		return nil, err
	}
	return faces, nil
}
