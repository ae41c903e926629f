package build

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// ManifestName is the manifest's file name in a built folder.
const ManifestName = "manifest.json"

// ManifestVersion is the version of the manifest's own format.
const ManifestVersion = 1

// Manifest describes what a build made: enough to tell that every file is the one that was built, and to name it in a
// page with its integrity. It holds no time and no place, so the same input gives the same bytes.
type Manifest struct {
	// Manifest is ManifestVersion; PackFormat and ABI are the versions of the pack's format and the module's contract.
	Manifest   int `json:"manifest"`
	PackFormat int `json:"pack_format"`
	ABI        int `json:"abi"`
	// Site is the configuration's.
	Site   string         `json:"site,omitempty"`
	Counts ManifestCounts `json:"counts"`
	// Sensitivity is the report's: the exceptions with their reasons are published with the build.
	Sensitivity Sensitivity `json:"sensitivity"`
	// Files are in order of their names.
	Files []ManifestFile `json:"files"`
	// Web are the files in the folder WebFolder, which a site serves, in order of their names. (The folder may hold others
	// of earlier builds.)
	Web []ManifestFile `json:"web"`
}

// WebFolder is the folder beside the manifest whose files a site serves.
const WebFolder = "web"

// ManifestCounts says how much the pack holds.
type ManifestCounts struct {
	Items     int `json:"items"`
	Sensitive int `json:"sensitive"`
	Topics    int `json:"topics"`
	// Neighbours is of items and topics together.
	Neighbours int `json:"neighbours"`
	Terms      int `json:"terms"`
	Priors     int `json:"priors"`
	Slots      int `json:"slots"`
}

// ManifestFile describes one file beside the manifest.
type ManifestFile struct {
	Name string `json:"name"`
	// Size is in bytes.
	Size int64 `json:"size"`
	// SHA256 is in lower-case hexadecimal digits.
	SHA256 string `json:"sha256"`
	// Integrity is for a page's integrity attribute or fetch's option: "sha384-" and the digest in base64, see
	// https://www.w3.org/TR/sri/.
	Integrity string `json:"integrity"`
}

// NewManifest returns the manifest of a build, without files.
func NewManifest(site string, packFormat, abi int, r Report) Manifest {
	return Manifest{
		Manifest: ManifestVersion, PackFormat: packFormat, ABI: abi, Site: site,
		Counts: ManifestCounts{
			Items: r.Items, Sensitive: r.Sensitive, Topics: r.Topics, Neighbours: r.Neighbours + r.TopicNeighbours,
			Terms: r.Terms, Priors: r.Priors, Slots: r.Slots,
		},
		Sensitivity: r.Sensitivity,
		Files:       []ManifestFile{}, Web: []ManifestFile{},
	}
}

// Add describes a file by its content. A name that is there already is replaced.
func (m *Manifest) Add(name string, content io.Reader) error { return addTo(&m.Files, name, content) }

// AddWeb is Add for a file of WebFolder.
func (m *Manifest) AddWeb(name string, content io.Reader) error { return addTo(&m.Web, name, content) }

func addTo(files *[]ManifestFile, name string, content io.Reader) error {
	f, err := describe(name, content)
	if err != nil {
		return err
	}
	*files = slices.DeleteFunc(*files, func(g ManifestFile) bool { return g.Name == name })
	*files = append(*files, f)
	slices.SortFunc(*files, func(a, b ManifestFile) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

func describe(name string, content io.Reader) (ManifestFile, error) {
	short, long := sha256.New(), sha512.New384()
	n, err := io.Copy(io.MultiWriter(short, long), content)
	if err != nil {
		return ManifestFile{}, fmt.Errorf("build: %s: %w", name, err)
	}
	return ManifestFile{
		Name: name, Size: n, SHA256: hex.EncodeToString(short.Sum(nil)),
		Integrity: "sha384-" + base64.StdEncoding.EncodeToString(long.Sum(nil)),
	}, nil
}

// WriteTo writes the manifest as indented JSON with a final newline.
func (m Manifest) WriteTo(w io.Writer) (int64, error) { return writeJSON(w, m) }

// Errors of ReadManifest and Manifest.Verify.
var (
	// ErrManifest: the text is no manifest of a version that is known.
	ErrManifest = errors.New("build: not a manifest")
	// ErrMismatch: a file is missing, or is not the one that was built.
	ErrMismatch = errors.New("build: not what was built")
)

// maxManifestBytes bounds what ReadManifest reads. A manifest has what the longest configuration says of what is sensitive, in whatever spelling.
const maxManifestBytes = 8 * maxConfigBytes

// ReadManifest reads a manifest and checks its form; it looks at no other file.
func ReadManifest(r io.Reader) (Manifest, error) {
	var m Manifest
	d := json.NewDecoder(io.LimitReader(r, maxManifestBytes))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return Manifest{}, fmt.Errorf("%w: %w", ErrManifest, err)
	}
	if m.Manifest != ManifestVersion {
		return Manifest{}, fmt.Errorf("%w: version %d, want %d", ErrManifest, m.Manifest, ManifestVersion)
	}
	for list, files := range map[string][]ManifestFile{"files": m.Files, "web": m.Web} {
		for i, f := range files {
			if !fs.ValidPath(f.Name) || strings.ContainsAny(f.Name, `/\`) || f.Name == "." {
				return Manifest{}, fmt.Errorf("%w: %s[%d].name %q is no plain file name", ErrManifest, list, i, f.Name)
			}
		}
	}
	return m, nil
}

// Verify reads every file that the manifest names and compares size and digests. The error names each file that is
// missing or differs, and how; it wraps ErrMismatch. Files that the manifest does not name are no fault.
func (m Manifest) Verify(dir fs.FS) error {
	var errs []error
	for _, want := range m.Files {
		if err := want.verify(dir); err != nil {
			errs = append(errs, err)
		}
	}
	if len(m.Web) > 0 {
		served, err := fs.Sub(dir, WebFolder)
		if err != nil {
			return errors.Join(append(errs, fmt.Errorf("%w: %w", ErrMismatch, err))...)
		}
		for _, want := range m.Web {
			if err := want.verify(served); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", WebFolder, err))
			}
		}
	}
	return errors.Join(errs...)
}

func (f ManifestFile) verify(dir fs.FS) error {
	file, err := dir.Open(f.Name)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMismatch, err)
	}
	defer file.Close()
	got, err := describe(f.Name, file)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrMismatch, err)
	case got.Size != f.Size:
		return fmt.Errorf("%w: %s: got %d bytes, want %d", ErrMismatch, f.Name, got.Size, f.Size)
	case got.SHA256 != f.SHA256:
		return fmt.Errorf("%w: %s: got sha256 %s, want %s", ErrMismatch, f.Name, got.SHA256, f.SHA256)
	case got.Integrity != f.Integrity:
		return fmt.Errorf("%w: %s: got integrity %s, want %s", ErrMismatch, f.Name, got.Integrity, f.Integrity)
	}
	return nil
}
