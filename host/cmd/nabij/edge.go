package main

import "github.com/spf13/cobra"

func newEdge() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "edge",
		Short: "Fill pages at the CDN, for page, moment and device",
		Long: `Edge makes and runs a Cloudflare Worker that stands before a site: each page leaves
with its slots filled for the page, the moment and the device, without a cookie. The
browser goes on from there.`,
		Example: `  nabij edge init edge --pack dist
  nabij edge dev edge --origin http://127.0.0.1:3000`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEdgeInit(), newEdgeDev())
	return cmd
}
