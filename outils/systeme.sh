#!/usr/bin/env bash
# Installs the Debian packages that the tests need, only those that are missing. Arguments: more packages.
# Without the right to install, says which ones, why, and the command; then stops.
set -euo pipefail

# How to know, on any distribution, that what a package brings is there already.
present() {
  case $1 in
    poppler-utils) command -v pdftoppm ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb ;;
    iproute2) command -v ip ;;
    util-linux) command -v unshare ;;
    dbus) command -v dbus-daemon ;;
    libglib2.0-bin) command -v gsettings ;;
    gsettings-desktop-schemas) gsettings get org.gnome.desktop.session idle-delay ;;
    dconf-gsettings-backend) command -v dconf-service /usr/libexec/dconf-service ;;
    libatomic1) compgen -G '/usr/lib*/libatomic.so.1' || compgen -G '/usr/lib/*/libatomic.so.1' ;;
    python3-venv) "${PYTHON:-python3}" -c 'import ensurepip, venv' ;;
    *) command -v "$1" "/usr/sbin/$1" ;;
  esac >/dev/null 2>&1
}

declare -A reasons=(
  [chromium]="les pages dans un vrai navigateur"
  [libatomic1]="les pages dans un vrai navigateur"
  [poppler-utils]="la relecture des rapports PDF"
  [postgresql]="la seconde base de données"
  [iproute2]="la preuve que rien ne sort de l’ordinateur"
  [util-linux]="la preuve que rien ne sort de l’ordinateur"
  [dbus]="les corrections faites pour de vrai"
  [libglib2.0-bin]="les corrections faites pour de vrai"
  [gsettings-desktop-schemas]="les corrections faites pour de vrai"
  [dconf-gsettings-backend]="les corrections faites pour de vrai"
  [ufw]="les corrections faites pour de vrai"
  [python3-venv]="l’environnement de Python"
)
for extra in "$@"; do
  reasons[$extra]="les mesures comparées"
done

missing=()
for package in "${!reasons[@]}"; do
  present "$package" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
  {
    echo "Il manque à cet ordinateur de quoi passer les tests :"
    for package in "${missing[@]}"; do
      echo "  - ${package} : ${reasons[$package]}"
    done
    echo "Sous Debian ou Ubuntu, tapez :"
    echo "  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
  } >&2
  exit 1
fi

echo "Installation de : ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"; }
if ! { apt update && apt install --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  exit 1
fi
