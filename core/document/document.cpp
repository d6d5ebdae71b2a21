// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace quintet::document {

QString nameOf(Place::Kind kind)
{
    switch (kind) {
    case Place::Page: return QStringLiteral("page");
    case Place::Slide: return QStringLiteral("slide");
    case Place::Sheet: return QStringLiteral("sheet");
    case Place::Section: return QStringLiteral("section");
    case Place::Line: return QStringLiteral("line");
    }
    return {};
}

const Place *placeAt(const std::vector<Place> &places, qint64 offset)
{
    const auto behind = std::ranges::upper_bound(places, offset, {}, &Place::start);
    return behind == places.begin() ? nullptr : &*std::prev(behind);
}

QStringList headingPath(const std::vector<Heading> &headings, qint64 offset)
{
    QStringList path;
    auto at = std::ranges::upper_bound(headings, offset, {}, &Heading::start);
    for (int below = std::numeric_limits<int>::max(); at != headings.begin() && below > 1;) {
        --at;
        if (at->level < below) {
            path.prepend(at->title);
            below = at->level;
        }
    }
    return path;
}

QString citationLabel(const Place &place)
{
    switch (place.kind) {
    case Place::Page: return QCoreApplication::translate("document", "p. %1").arg(place.label);
    case Place::Slide: return QCoreApplication::translate("document", "slide %1").arg(place.label);
    case Place::Line: return QCoreApplication::translate("document", "line %1").arg(place.label);
    case Place::Sheet:
        return place.row ? QCoreApplication::translate("document", "%1, row %2").arg(place.label).arg(*place.row)
                         : place.label;
    case Place::Section: return place.label;
    }
    return {};
}

} // namespace quintet::document
