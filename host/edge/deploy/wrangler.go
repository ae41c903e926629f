package deploy

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/wasm/edge/worker"
)

// wrangler returns wrangler.jsonc of the Worker before the site. site is the site's host, or empty.
func (o *Options) wrangler(site string) []byte {
	var w lines
	w.begin("The Worker before the site. `wrangler deploy` deploys it; README.md says what else there is.", o.name(), worker.ScriptName)
	if o.Assets != "" {
		w.line("// The built site, which the Worker serves itself.")
		w.line("\"assets\": { \"directory\": %s, \"binding\": \"ASSETS\", \"run_worker_first\": true },", quoted(o.Assets))
	} else if o.Config.Origin == "" {
		if site == "" {
			site = "shop.example"
		}
		w.line("// Requests for these pass through the Worker on their way to the site's own server. Take the comment signs away once the zone is at Cloudflare.")
		w.line("// \"routes\": [{ \"pattern\": %s, \"zone_name\": %s }],", quoted(site+"/*"), quoted(site))
	}
	if o.App != nil {
		w.line("// What answers /_nabij/: the Worker of the folder %s, which must be deployed before.", AnswersFolder)
		w.line("%s,", o.Services())
	}
	w.end(o.Config.Pack)
	return w.Bytes()
}

// Services returns the line of wrangler.jsonc by which the Worker before the site reaches the one that answers /_nabij/.
func (o *Options) Services() string {
	return fmt.Sprintf("\"services\": [{ \"binding\": %s, \"service\": %s }]", quoted(worker.AnswersBinding), quoted(o.answersName()))
}

// wranglerOfAnswers returns wrangler.jsonc of the Worker that answers /_nabij/.
func (o *Options) wranglerOfAnswers() []byte {
	var w lines
	w.begin("The Worker that answers /_nabij/. Deploy it before that of the folder above.", o.answersName(), worker.AnswersName)
	w.line("// Only that reaches it: it has no address of its own.")
	w.line("\"workers_dev\": false,")
	w.line("\"preview_urls\": false,")
	w.end(o.Config.Pack)
	return w.Bytes()
}

func (o *Options) name() string { return cmp.Or(o.Name, "nabij-edge") }

func (o *Options) answersName() string { return o.name() + "-answers" }

// lines is a wrangler.jsonc that is written.
type lines struct{ bytes.Buffer }

func (w *lines) line(format string, a ...any) { fmt.Fprintf(w, "\t"+format+"\n", a...) }

func (w *lines) begin(about, name, main string) {
	w.WriteString("{\n")
	w.line("// %s", about)
	w.line("\"name\": %s,", quoted(name))
	w.line("\"main\": %s,", quoted(WorkerFolder+"/"+main))
	w.line("\"compatibility_date\": %s,", quoted(workerd.CompatibilityDate))
	w.line("// What is in the folder %s is complete: nothing is bundled again.", WorkerFolder)
	w.line("\"no_bundle\": true,")
	w.line("\"find_additional_modules\": true,")
	w.line("\"base_dir\": %s,", quoted(WorkerFolder))
	w.line("\"rules\": [")
	w.line("\t{ \"type\": \"ESModule\", \"globs\": [\"**/*.mjs\"], \"fallthrough\": false },")
	w.line("\t{ \"type\": \"CompiledWasm\", \"globs\": [\"**/*.wasm\"], \"fallthrough\": false },")
	w.line("\t{ \"type\": \"Data\", \"globs\": [\"**/*.pack\"], \"fallthrough\": false }")
	w.line("],")
}

func (w *lines) end(p *Store) {
	switch {
	case p != nil && p.KV != "":
		w.line("// `wrangler kv namespace create nabij` prints the id; the pack goes there with")
		w.line("// `wrangler kv key put --binding %s --remote %s --path nabij.pack`.", worker.KVBinding, p.KV)
		w.line("\"kv_namespaces\": [{ \"binding\": %s, \"id\": \"<the namespace's id>\" }],", quoted(worker.KVBinding))
	case p != nil && p.R2 != "":
		w.line("// `wrangler r2 bucket create nabij` makes it; the pack goes there with `wrangler r2 object put --remote nabij/%s --file nabij.pack`.", p.R2)
		w.line("\"r2_buckets\": [{ \"binding\": %s, \"bucket_name\": \"nabij\" }],", quoted(worker.R2Binding))
	}
	w.line("// Neither addresses nor visitors are in any log of the Worker's own.")
	w.line("\"observability\": { \"enabled\": false }")
	w.WriteString("}\n")
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string can always be written
	return string(b)
}
