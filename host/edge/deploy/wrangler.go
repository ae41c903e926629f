package deploy

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/nabij/nabij/host/edge/workerd"
	"github.com/nabij/nabij/wasm/edge/worker"
)

// wrangler returns wrangler.jsonc. site is the site's host, or empty.
func (o *Options) wrangler(site string) []byte {
	var b bytes.Buffer
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	name := o.Name
	if name == "" {
		name = "nabij-edge"
	}
	line("{")
	line("\t// The Worker before the site. `wrangler deploy` deploys it; README.md says what else there is.")
	line("\t\"name\": %s,", quoted(name))
	line("\t\"main\": %s,", quoted(WorkerFolder+"/"+worker.ScriptName))
	line("\t\"compatibility_date\": %s,", quoted(workerd.CompatibilityDate))
	line("\t// What is in the folder %s is complete: nothing is bundled again.", WorkerFolder)
	line("\t\"no_bundle\": true,")
	line("\t\"find_additional_modules\": true,")
	line("\t\"base_dir\": %s,", quoted(WorkerFolder))
	line("\t\"rules\": [")
	line("\t\t{ \"type\": \"ESModule\", \"globs\": [\"**/*.mjs\"], \"fallthrough\": false },")
	line("\t\t{ \"type\": \"CompiledWasm\", \"globs\": [\"**/*.wasm\"], \"fallthrough\": false },")
	line("\t\t{ \"type\": \"Data\", \"globs\": [\"**/*.pack\"], \"fallthrough\": false }")
	line("\t],")
	if o.Assets != "" {
		line("\t// The built site, which the Worker serves itself.")
		line("\t\"assets\": { \"directory\": %s, \"binding\": \"ASSETS\", \"run_worker_first\": true },", quoted(o.Assets))
	} else if o.Config.Origin == "" {
		if site == "" {
			site = "shop.example"
		}
		line("\t// Requests for these pass through the Worker on their way to the site's own server. Take the comment signs away once the zone is at Cloudflare.")
		line("\t// \"routes\": [{ \"pattern\": %s, \"zone_name\": %s }],", quoted(site+"/*"), quoted(site))
	}
	switch p := o.Config.Pack; {
	case p != nil && p.KV != "":
		line("\t// `wrangler kv namespace create nabij` prints the id; the pack goes there with")
		line("\t// `wrangler kv key put --binding NABIJ_KV --remote %s --path nabij.pack`.", p.KV)
		line("\t\"kv_namespaces\": [{ \"binding\": \"NABIJ_KV\", \"id\": \"<the namespace's id>\" }],")
	case p != nil && p.R2 != "":
		line("\t// `wrangler r2 bucket create nabij` makes it; the pack goes there with `wrangler r2 object put --remote nabij/%s --file nabij.pack`.", p.R2)
		line("\t\"r2_buckets\": [{ \"binding\": \"NABIJ_R2\", \"bucket_name\": \"nabij\" }],")
	}
	line("\t// Neither addresses nor visitors are in any log of the Worker's own.")
	line("\t\"observability\": { \"enabled\": false }")
	line("}")
	return b.Bytes()
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string can always be written
	return string(b)
}
