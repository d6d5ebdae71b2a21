# Run in a clean Debian 13 root where quintet.deb was installed: everything a user expects is there, and goes again.
set -ex
mkdir -p /tmp/home
export HOME=/tmp/home LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen
quintet --version
echo 'The kettle is blue. It holds two litres. Water boils in it within three minutes.' |
  quintet summarize - --words 10 --endpoint builtin | grep .
quintet tool calculate '{"expression": "6 * 7"}' | grep -x 42
quintet-window --version
desktop-file-validate /usr/share/applications/quintet.desktop
appstreamcli validate --no-net --override url-homepage-missing=info /usr/share/metainfo/quintet.metainfo.xml
man -P cat quintet | grep -q summarize
test -e /usr/share/icons/hicolor/scalable/apps/quintet.svg
apt-get -qq -y purge quintet
test ! -e /usr/bin/quintet
