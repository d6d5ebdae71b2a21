// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/program/aboutcard.h"

#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"
#include "ui/widgets/picture.h"

#include <QApplication>
#include <QBoxLayout>

namespace quintet::ui {

using namespace Qt::StringLiterals;

AboutCard::AboutCard()
{
    setObjectName(u"about"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    QBoxLayout *texts = makeColumn(1);
    texts->addWidget(makeLabel(tr("Quintet %1").arg(QCoreApplication::applicationVersion()), TextStyle::Heading));
    texts->addWidget(makeLabel(tr("Free software under the GNU General Public License, version 3 or later."),
                               TextStyle::Facts, Tone::Second));
    texts->addWidget(makeLabel(tr("Made with Qt %1 and other free libraries.").arg(QLatin1StringView(qVersion())),
                               TextStyle::Facts, Tone::Second));
    auto *libraries = new Button(u"aboutQt"_s, tr("About Qt"), Button::Quiet, Button::Small);
    connect(libraries, &Button::clicked, qApp, &QApplication::aboutQt);
    QBoxLayout *head = makeRow();
    head->addWidget(new Picture(icon(u"logo"_s), 26));
    head->addSpacing(4);
    head->addLayout(texts, 1);
    head->addWidget(libraries);
    QBoxLayout *column = makeColumn(6);
    column->setContentsMargins(16, 12, 12, 14);
    column->addLayout(head);
    column->addSpacing(6);
    column->addWidget(makeLabel(tr("What leaves this computer, and when"), TextStyle::Heading));
    for (const QString &line :
         {tr("Nothing by itself: no telemetry, no search for updates, no crash reports. With the built-in engine or a "
             "model on this computer, nothing at all."),
          tr("To a model server that you connected: what you ask, with the texts, passages and pictures that belong to "
             "it, each time that you ask. Its name stands at the foot of the window."),
          tr("To a web address: a request for the page, when you give a link or an agent may fetch one."),
          tr("To a search service, a database or an MCP server that you set up: what an agent asks it, as its steps "
             "show; what writes or sends asks you first."),
          tr("Keys go to the server that they belong to and to nobody else; they are kept in the system's "
             "keychain.")}) {
        QLabel *text = makeLabel(u"•  "_s + line, TextStyle::Base, Tone::Second);
        text->setWordWrap(true);
        column->addWidget(text);
    }
    setLayout(column);
}

} // namespace quintet::ui
