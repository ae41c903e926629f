# shellcheck shell=bash disable=SC2034 # what is set here is used by the scripts that source it
# The pinned tools and where they are. Sourced by the other scripts; source it to have tinygo, wasm-opt and staticcheck
# at hand: `. scripts/tools.sh`. It only sets variables and PATH: scripts/install is what installs.

# A change of any of these may change host/nabij.wasm: run scripts/build-module and commit the result with it.
tinygo_version=0.42.0
tinygo_sum=h1:KaoHBhjcoMzpMEclFKV6vl5hcyJyewOBSzHE6S5d/Jg=
llvm_version=19
binaryen_version=132.0.0
binaryen_sha256=6543555fb29bb92548f325c7dc18e9ab7dbb1215edda25993d1e3f71d85b8618

staticcheck_version=0.8.2
typescript_version=5.9.3
typescript_sha256=10e108c9cf7d5f2879053dff18515fb405abf2ccef63eaaf017d9c571687a1d3
# The version stands in web/browser/axe too.
axe_version=4.14.1
axe_sha256=e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745
# Cloudflare's runtime of Workers; npm has a package of it for each platform. The version stands in host/edge/workerd too.
workerd_version=1.20260426.1
case $(uname -sm) in
'Linux x86_64') workerd_platform=linux-64 workerd_sha256=da89c14911a8d0a09338b3f843663405c93b949d0cc50d1923caaf99d2dc6fc5 ;;
'Linux aarch64') workerd_platform=linux-arm64 workerd_sha256=83ee3089e020b2a75c97d84f9d3b4952a0fe601785db5c0545df28eececb521c ;;
'Darwin x86_64') workerd_platform=darwin-64 workerd_sha256=504b739e0e5f7d9da5f87d529380b377683b45143e526644abcdf412d16273c1 ;;
'Darwin arm64') workerd_platform=darwin-arm64 workerd_sha256=4c11e77d90242a647fee1b2212bf8dc28adc15532b65e1c320f7e471b987d2a8 ;;
*) workerd_platform='' workerd_sha256='' ;;
esac

tools=${NABIJ_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/nabij/tools}

# What Go compiles is kept per Go version: both tools refuse sources newer than the Go that built them.
go_version=$(go env GOVERSION 2>/dev/null || true)
tinygo_dir=$tools/tinygo-$tinygo_version-llvm$llvm_version-$go_version
staticcheck_dir=$tools/staticcheck-$staticcheck_version-$go_version
binaryen_dir=$tools/binaryen-$binaryen_version
typescript_dir=$tools/typescript-$typescript_version
axe_dir=$tools/axe-core-$axe_version
workerd_dir=$tools/workerd-$workerd_version
# What the examples import and what checks the npm package, by the lock file that pins them. Tests look there too.
npm_lock=web/examples/package-lock.json
npm_dir=$tools/npm-$(sha256sum $npm_lock | cut -c 1-16)
# What deploys Workers; its own workerd is the one above.
wrangler_lock=wasm/edge/package-lock.json
wrangler_dir=$tools/wrangler-$(sha256sum $wrangler_lock | cut -c 1-16)

export PATH="$tinygo_dir/bin:$staticcheck_dir:$binaryen_dir:$typescript_dir/bin:$workerd_dir/bin:$npm_dir/node_modules/.bin:$wrangler_dir/node_modules/.bin:$PATH"

# TinyGo prefers a wasm-opt of its own, which may be another version than ours.
if [ -x "$binaryen_dir/wasm-opt" ]; then export WASMOPT=$binaryen_dir/wasm-opt; fi

# tinygo_fits reports whether the tinygo on PATH, ours or the person's own, is one that compiles the same bytes.
tinygo_fits() {
	local have
	have=$(tinygo version 2>/dev/null) || return 1
	[[ $have == *"version $tinygo_version "*"LLVM version $llvm_version."* ]]
}

# The flags of every build of the module. Without -no-debug the bytes would hold the paths of the machine.
tinygo_flags=(-target=scripts/target.json -opt=z -panic=trap -no-debug)

# die MESSAGE...: says what is wrong, a line an argument, and stops.
die() {
	printf '%s\n' "${0##*/}: $1" "${@:2}" >&2
	exit 1
}
