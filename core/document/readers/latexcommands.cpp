// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/readers/latexcommands.h"

#include <QHash>
#include <QSet>

namespace quintet::document::latex {

int sectionLevel(QStringView command)
{
    static const QHash<QString, int> levels{{QStringLiteral("part"), 1},          {QStringLiteral("chapter"), 1},
                                            {QStringLiteral("section"), 2},       {QStringLiteral("subsection"), 3},
                                            {QStringLiteral("subsubsection"), 4}, {QStringLiteral("paragraph"), 5},
                                            {QStringLiteral("subparagraph"), 6}};
    return levels.value(command.toString());
}

bool isSilent(QStringView command)
{
    static const QSet<QString> silent{QStringLiteral("label"),
                                      QStringLiteral("usepackage"),
                                      QStringLiteral("documentclass"),
                                      QStringLiteral("includegraphics"),
                                      QStringLiteral("bibliographystyle"),
                                      QStringLiteral("bibliography"),
                                      QStringLiteral("input"),
                                      QStringLiteral("include"),
                                      QStringLiteral("vspace"),
                                      QStringLiteral("hspace"),
                                      QStringLiteral("setlength"),
                                      QStringLiteral("newcommand"),
                                      QStringLiteral("renewcommand"),
                                      QStringLiteral("pagestyle"),
                                      QStringLiteral("thispagestyle"),
                                      QStringLiteral("setcounter"),
                                      QStringLiteral("addtocounter"),
                                      QStringLiteral("hypersetup"),
                                      QStringLiteral("index"),
                                      QStringLiteral("color"),
                                      QStringLiteral("definecolor"),
                                      QStringLiteral("fontsize"),
                                      QStringLiteral("selectfont"),
                                      QStringLiteral("newtheorem"),
                                      QStringLiteral("providecommand"),
                                      QStringLiteral("geometry"),
                                      QStringLiteral("graphicspath"),
                                      QStringLiteral("hypertarget"),
                                      QStringLiteral("phantomsection"),
                                      QStringLiteral("addcontentsline"),
                                      QStringLiteral("lstset"),
                                      QStringLiteral("textcolor"),
                                      QStringLiteral("href")};
    return silent.contains(command.toString());
}

bool isLastRead(QStringView command)
{
    return command == u"href" || command == u"textcolor" || command == u"hypertarget";
}

bool isMathEnvironment(QStringView name)
{
    for (const QStringView known : {u"equation", u"align", u"gather", u"multline", u"eqnarray", u"math", u"displaymath",
                                    u"verbatim", u"lstlisting", u"minted"}) {
        if (name == known || (name.size() == known.size() + 1 && name.startsWith(known) && name.endsWith(u'*')))
            return true;
    }
    return false;
}

QString symbol(QStringView command)
{
    static const QHash<QString, QString> symbols{
        {QStringLiteral("ldots"), QStringLiteral("…")}, {QStringLiteral("dots"), QStringLiteral("…")},
        {QStringLiteral("ss"), QStringLiteral("ß")},    {QStringLiteral("ae"), QStringLiteral("æ")},
        {QStringLiteral("AE"), QStringLiteral("Æ")},    {QStringLiteral("oe"), QStringLiteral("œ")},
        {QStringLiteral("o"), QStringLiteral("ø")},     {QStringLiteral("O"), QStringLiteral("Ø")},
        {QStringLiteral("aa"), QStringLiteral("å")},    {QStringLiteral("AA"), QStringLiteral("Å")},
        {QStringLiteral("l"), QStringLiteral("ł")},     {QStringLiteral("LaTeX"), QStringLiteral("LaTeX")},
        {QStringLiteral("TeX"), QStringLiteral("TeX")}, {QStringLiteral("textbackslash"), QStringLiteral("\\")},
        {QStringLiteral("S"), QStringLiteral("§")},     {QStringLiteral("copyright"), QStringLiteral("©")},
        {QStringLiteral("euro"), QStringLiteral("€")},  {QStringLiteral("texteuro"), QStringLiteral("€")},
        {QStringLiteral("quad"), QStringLiteral(" ")},  {QStringLiteral("qquad"), QStringLiteral(" ")}};
    return symbols.value(command.toString());
}

char16_t accent(QStringView command)
{
    if (command.size() != 1)
        return 0;
    switch (command[0].unicode()) {
    case u'`': return 0x300;
    case u'\'': return 0x301;
    case u'^': return 0x302;
    case u'~': return 0x303;
    case u'"': return 0x308;
    case u'=': return 0x304;
    case u'.': return 0x307;
    case u'c': return 0x327;
    case u'v': return 0x30C;
    case u'H': return 0x30B;
    case u'u': return 0x306;
    case u'k': return 0x328;
    case u'r': return 0x30A;
    default: return 0;
    }
}

} // namespace quintet::document::latex
