// Package deploy makes the folder of a Worker, as wrangler deploys it: the configuration that people edit (edge.json, wrangler.jsonc), a
// README, and in the folder worker what is made of these, a pack and this version of Nabij. ReadConfig reads edge.json, Compile makes the
// part in Go, Modules what the Worker consists of, and Files all of it.
package deploy
