// Package deploy makes the folder of a Worker, as wrangler deploys it: the configuration that people edit (edge.json, wrangler.jsonc), a
// README, and in the folder worker what is made of these, a pack and this version of Nabij. In the folder answers is the Worker that answers
// /_nabij/, with a wrangler.jsonc and a folder worker of its own. ReadConfig reads edge.json, Compile makes the part in Go, Modules and Answers what
// the Workers consist of, and Files all of it.
package deploy
