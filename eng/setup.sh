# What the machine must have: the .NET 10 SDK, and a few Debian packages that are installed when they are missing.
# Sourced by ./fednb.

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

need_sdk() {
    command -v dotnet >/dev/null ||
        fail "The .NET 10 SDK is missing: there is no 'dotnet' on the PATH. Install it (https://dotnet.microsoft.com/download/dotnet/10.0) and run this again."
    local sdks
    sdks=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' || true)
    case " $sdks" in
        *" 10."*) ;;
        *) fail "FedNotebook needs the .NET 10 SDK; this machine has ${sdks:-none}. Install it (https://dotnet.microsoft.com/download/dotnet/10.0) and run this again." ;;
    esac
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]; }

# A package, the test that says whether the machine has what it brings, and what for.
packages_needed() {
    is_installed libtorch1.13 || say "libtorch1.13|tensors and their gradients"
    [ -f /usr/include/ATen/core/dispatch/Dispatcher.h ] || say "libtorch-dev|the headers that the bridge to libtorch is built with"
    is_installed libopenblas0 || say "libopenblas0|fast matrix products"
    command -v g++ >/dev/null || say "g++|builds the bridge to libtorch"
    is_installed libzmq5 || say "libzmq5|speaks with Jupyter"
    command -v npm >/dev/null || say "npm|brings plotly.js, which draws the plots"
    [ -f /usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz ] || say "dataset-fashion-mnist|the 70,000 images of the demo"
}

# What only some of the tests use; without it they are skipped and say so.
packages_wanted() {
    is_installed jupyter-nbconvert || say "jupyter-nbconvert|runs the notebooks through Jupyter"
    is_installed python3-jupyter-kernel-test || say "python3-jupyter-kernel-test|Jupyter's own tests of a kernel"
    is_installed python3-torch || say "python3-torch|PyTorch, which results are compared with"
    command -v chromium >/dev/null || say "chromium|opens the pages that are written"
}

need_packages() {
    local missing names
    missing=$(packages_needed)
    if [ -z "$missing" ]; then
        say "Set-up: nothing to install."
        return
    fi
    names=$(cut -d'|' -f1 <<<"$missing" | paste -sd' ')
    command -v apt-get >/dev/null || fail "These Debian packages are missing, and there is no apt-get here to install them: $names"
    say "Set-up: these Debian packages are missing and will be installed:"
    describe_packages "$missing"
    install_packages "$names" || fail "These packages could not be installed ($why): $names. Install them ('apt-get install --no-install-recommends $names') and run this again."
    missing=$(packages_needed)
    [ -z "$missing" ] || fail "apt-get ended well, yet these packages are still missing: $(cut -d'|' -f1 <<<"$missing" | paste -sd' ')"
}

want_packages() {
    local missing
    missing=$(packages_wanted)
    [ -n "$missing" ] || return 0
    say "For the tests, these Debian packages will be installed too:"
    describe_packages "$missing"
    # shellcheck disable=SC2046
    install_packages "$(cut -d'|' -f1 <<<"$missing" | paste -sd' ')" || say "They could not be installed ($why): the tests that use them will be skipped."
}

describe_packages() {
    local name purpose
    while IFS='|' read -r name purpose; do printf '  %-22s %s\n' "$name" "$purpose"; done <<<"$1"
}

# Installs the named packages; when that fails, $why says why.
install_packages() {
    local as=() log=$artifacts/setup.log names
    read -ra names <<<"$1"
    mkdir -p "$artifacts"
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            why="this user is not root, and there is no sudo"
            return 1
        fi
        as=(sudo)
        [ -t 0 ] || as=(sudo -n)
        if ! "${as[@]}" true 2>/dev/null; then
            why="this user may not use sudo"
            return 1
        fi
    fi
    as+=(env DEBIAN_FRONTEND=noninteractive apt-get -y -q)
    why="apt-get failed, see artifacts/setup.log"
    # A fresh machine has no package lists, an old one outdated lists: look again before giving up.
    "${as[@]}" install --no-install-recommends "${names[@]}" >"$log" 2>&1 </dev/null ||
        { "${as[@]}" update >>"$log" 2>&1 </dev/null && "${as[@]}" install --no-install-recommends "${names[@]}" >>"$log" 2>&1 </dev/null; }
}
