# Builds the product into artifacts/: the packages into the local feed, the kernel beside it. Sourced by ./fednb.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

# Runs a step quietly, in the clone, whose global.json then counts: its output goes to a log, and what went wrong is shown.
step() {
    local what=$1 log=$artifacts/$2.log start=$SECONDS errors
    shift 2
    if ! { mkdir -p "$artifacts" && : >"$log"; } 2>/dev/null; then
        fail "$what needs to write to $artifacts, and this user may not."
    fi
    if ! (cd "$root" && "$@") >"$log" 2>&1 </dev/null; then
        errors=$(grep -E '(: |^)error ' "$log" | sed -E "s|$root/||g; s| \[[^]]*\]$||" | sort -u | head -20 || true)
        printf '%s\n' "${errors:-$(tail -5 "$log")}" >&2
        fail "$what failed. The whole log is in ${log#"$root"/}."
    fi
    say "$what: done in $((SECONDS - start)) s"
}

build_product() {
    step "Building the packages" pack dotnet pack "$root/FedNotebook.sln" -c Release
    step "Building the kernel" kernel publish_kernel "$artifacts/fednb"
}

# Compiled ahead of time the kernel starts in half the time and answers its first cell in a third. A registry that has no ahead-of-time
# compiler gives one that is compiled while it runs.
publish_kernel() {
    dotnet publish "$root/src/FedNotebook.Kernel" -c Release -o "$1" -p:FedReadyToRun=true ||
        dotnet publish "$root/src/FedNotebook.Kernel" -c Release -o "$1"
}

# Whether the kernel and the packages are newer than what they are built from.
is_built() {
    [ -f "$tool" ] && [ -z "$(find "$root/src" "$root/Directory.Build.props" "$root/Directory.Packages.props" \
        -name bin -prune -o -name obj -prune -o -type f -newer "$tool" -print -quit)" ]
}

build_tests() { step "Building the tests" build dotnet build "$root/FedNotebook.sln" -c Release; }

# Runs every test and closes with the counts, alone on the last line.
run_tests() {
    local log=$artifacts/test.log status=0 passed failed skipped
    # In the clone: its global.json says how tests run.
    (cd "$root" && dotnet test --solution FedNotebook.sln -c Release --no-build --max-parallel-test-modules 1 2>&1 </dev/null) | tee "$log" || status=1
    count() { sed -n "s/^ *$1: *\([0-9]*\).*/\1/p" "$log" | tail -1; }
    passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
    # A run that ends badly without a failed test has crashed: that counts as one.
    if [ "$status" -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then failed=1; fi
    say "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
    return "$status"
}
