# Run in a clean Debian 13 root with both packages in /tmp: everything a user expects is there, and goes again.
set -ex
mkdir -p /tmp/home
export HOME=/tmp/home LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen
cd /tmp

# The terminal alone brings no window library along.
apt-get -qq -y install ./quintet-cli_*.deb
quintet --version
test ! -e /usr/bin/quintet-window
if dpkg-query -W 'libqt6widgets*'; then exit 1; fi
echo 'The kettle is blue. It holds two litres. Water boils in it within three minutes.' |
  quintet summarize - --words 10 --endpoint builtin | grep .
quintet tool calculate '{"expression": "6 * 7"}' | grep -x 42
man -P cat quintet | grep -q summarize
test -s /usr/share/bash-completion/completions/quintet
test -s /usr/share/zsh/vendor-completions/_quintet
test -s /usr/share/fish/vendor_completions.d/quintet.fish

apt-get -qq -y install ./quintet_*.deb
quintet-window --version
desktop-file-validate /usr/share/applications/quintet.desktop
appstreamcli validate --no-net --override url-homepage-missing=info /usr/share/metainfo/quintet.metainfo.xml
man -P cat quintet-window | grep -q summarize
test -e /usr/share/icons/hicolor/scalable/apps/quintet.svg

apt-get -qq -y purge quintet quintet-cli
test ! -e /usr/bin/quintet
test ! -e /usr/bin/quintet-window
test ! -e /usr/libexec/quintet
