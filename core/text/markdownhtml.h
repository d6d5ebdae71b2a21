// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace quintet::text {

/// Markdown (CommonMark with GitHub's tables and strike-through) as HTML for the body of a page. HTML inside of it is
/// shown as it is written; links lead to http, https and mailto addresses only, and pictures are links, so that
/// opening the page loads and runs nothing. Linear; any thread.
QString markdownToHtml(const QString &markdown);

} // namespace quintet::text
