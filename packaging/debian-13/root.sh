# shellcheck shell=bash
# Sourced by `dev`: makes the Debian 13 root in the cache folder, extends it when a verb needs more, enters it.
# The package lists beside this file say what is in it; a stamp in the root says which list it has had.

: "${top:?}" "${cache:?}"  # of dev
lists=$top/packaging/debian-13
root=$cache/debian-13

packages() { sed 's/#.*//' "${@/#/$lists/}" | xargs; }  # of the list files NAME.txt
stamp() { local sum && sum=$(sha256sum <"$lists/$1") && echo "$root/var/lib/quintet/$1-${sum:0:16}"; }

sandbox() {
  local user=()
  ((EUID == 0)) || user=(--user --map-root-user)
  if [[ -n ${QUINTET_DEV_SANDBOX:-} ]]; then echo "$QUINTET_DEV_SANDBOX"
  elif unshare "${user[@]}" --mount true 2>/dev/null; then echo unshare
  elif ((EUID == 0)); then echo chroot
  else
    die "this computer lets ordinary users make no namespaces. As its owner, allow them:" \
      "  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0     (Ubuntu)" \
      "  sudo sysctl -w kernel.unprivileged_userns_clone=1                 (older Debian)"
  fi
}

# Runs a command as the owner of the root, with its mounts and children in namespaces that die with it.
as_owner() {
  local user=()
  ((EUID == 0)) || user=(--user --map-root-user --map-auto)
  if [[ $sandbox == chroot ]]; then "$@"
  else setpriv --pdeathsig KILL unshare "${user[@]}" --mount --propagation private --pid --fork --kill-child -- "$@"; fi
}

# What the host must have to make a root: mmdebstrap, and for an ordinary user a range of user ids.
prepare_host() {
  local wanted=()
  have mmdebstrap || wanted+=(mmdebstrap)
  ((EUID == 0)) || have newuidmap || wanted+=(uidmap)
  [[ -e /usr/share/keyrings/debian-archive-keyring.gpg || -e /usr/share/keyrings/debian-archive-trixie-stable.gpg ]] ||
    wanted+=(debian-archive-keyring)
  ((${#wanted[@]} == 0)) || install_on_host "${wanted[@]}"
  ((EUID == 0)) || as_owner true 2>/dev/null ||
    die "no range of user ids is set aside for you here, which making a Debian root takes. Please run:" \
      "  sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
}

sources() {  # the host's own mirror, asked for Debian 13
  local known='^(bullseye|bookworm|trixie|forky|duke|sid|(old)*stable|testing|unstable)(-security)?$'
  if [[ -n ${QUINTET_DEBIAN_MIRROR:-} ]]; then
    echo "deb $QUINTET_DEBIAN_MIRROR trixie main"
  else
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
      awk -v known="$known" '$3 == "main" && $2 ~ known {
        suffix = $2 ~ /-security$/ ? "-security" : ""
        if (!seen[suffix]++) print "deb " $1 " trixie" suffix " main" }'
  fi
}

make_root() {
  local from
  prepare_host
  from=$(sources)
  [[ -n $from ]] || die "no Debian mirror is named in this computer's apt sources. Please name one and start again:" \
    "  export QUINTET_DEBIAN_MIRROR=http://MIRROR/debian"
  say "making a Debian 13 root in $root (once, a minute or two)"
  as_owner rm -rf "$root.new"
  # shellcheck disable=SC2016
  LC_ALL=C.UTF-8 as_owner mmdebstrap --mode=root --variant=apt --format=directory \
    --aptopt="$cache/apt.conf" --dpkgopt="$lists/dpkg.cfg" --include="$(packages "$@" | tr ' ' ,)" \
    --customize-hook='mkdir -p "$1/var/lib/quintet"' trixie "$root.new" - <<<"$from" >&2 ||
    die "the Debian root could not be made; what mmdebstrap said is above. Starting again begins anew."
  mv "$root.new" "$root"
}

extend_root() {  # COMMAND... inside, with the network, as root
  # shellcheck disable=SC2016
  as_owner bash -c '
    root=$1 isolated=$2; shift 2
    [[ -z $isolated ]] || for path in /proc /dev; do mount --rbind $path "$root$path"; done
    cat /etc/resolv.conf >"$root/etc/resolv.conf"
    exec env -u TMPDIR -u LD_PRELOAD -u LD_LIBRARY_PATH DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
      PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" sh -ec "$@"' \
    - "$root" "$([[ $sandbox == chroot ]] || echo isolated)" "$@" </dev/null >&2
}

install_in_root() {
  say "adding to the Debian root: ${*%.txt}"
  cp "$cache/apt.conf" "$root/etc/apt/apt.conf.d/99mmdebstrap"
  # shellcheck disable=SC2016,SC2046
  extend_root 'dpkg --configure -a; apt-get -qq update; apt-get -qq -y install "$@"' - $(packages "$@") ||
    die "the packages could not be added to the Debian root; what apt said is above"
}

# The C library knows a locale only once it was compiled, and Qt complains about one that it does not know.
locale_stamp() {
  local name=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
  [[ $name =~ ^[a-z]{2,3}_[A-Z]{2}\.(UTF-8|utf8)(@[a-z]+)?$ ]] && echo "$root/var/lib/quintet/locale-$name"
}
add_locale() {
  local name=${1##*/locale-}
  # shellcheck disable=SC2016
  extend_root 'localedef -i "$(echo "$1" | sed "s/\.[^@]*//")" -f UTF-8 "$1"' - "$name" ||
    say "the locale $name is not known here; going on without"
}

root_lacks() {  # prints which of the lists, and the locale, the root has not had
  local list mark
  for list; do [[ -e $(stamp "$list") ]] || echo "$list"; done
  ! mark=$(locale_stamp) || [[ -e $mark ]] || echo "$mark"
}

ensure_root() {
  local missing list mark
  set -- "${@/%/.txt}"
  [[ -n $(root_lacks "$@") ]] || return 0
  exec 9>"$cache/root.lock"
  flock -n 9 || { say "waiting for another ./dev that is preparing the Debian root"; flock 9; }
  apt-config dump 2>/dev/null | grep -E '^Acquire::(https?|ftp)::' >"$cache/apt.conf" || true
  echo 'APT::Install-Recommends "false";' >>"$cache/apt.conf"
  [[ -d $root ]] || { make_root "$@"; for list; do touch "$(stamp "$list")"; done; }
  mapfile -t missing < <(root_lacks "$@" | grep '\.txt$')
  if ((${#missing[@]})); then
    install_in_root "${missing[@]}"
    for list in "${missing[@]}"; do touch "$(stamp "$list")"; done
  fi
  if mark=$(locale_stamp) && [[ ! -e $mark ]]; then add_locale "$mark"; touch "$mark"; fi
  exec 9>&-
}

enter_root() {
  local new=$root/mnt user=()
  # What was built for the host cannot be loaded inside.
  unset LD_PRELOAD LD_LIBRARY_PATH QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH
  case $sandbox in
    unshare)
      ((EUID == 0)) || user=(--user --map-root-user)
      exec unshare "${user[@]}" --mount --propagation private \
        bash "$lists/enter" pivot "$root" "$new" "$UID" "$(id -g)" "$@"
      ;;
    chroot)  # mounted where nobody deletes by hand: below the mounts are the caller's own folders
      new=/run/quintet/$(cksum <<<"$root" | cut -d' ' -f1)
      mkdir -p "$new"
      exec bash "$lists/enter" chroot "$root" "$new" 0 0 "$@"
      ;;
    *) die "QUINTET_DEV_SANDBOX may be host, unshare or chroot, not $sandbox" ;;
  esac
}

remove_root() {
  local mounted
  sandbox=$(sandbox)
  mapfile -t mounted < <(awk '$5 ~ "^/run/quintet/[0-9]+" {print $5}' /proc/self/mountinfo | sort -r)
  for path in "${mounted[@]}"; do umount -l "$(printf '%b' "$path")"; done
  [[ ! -e $root && ! -e $root.new ]] || as_owner rm -rf "$root" "$root.new"
}
