// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/blocks.h"

#include <QString>

namespace quintet::text {

/// The blocks of a Markdown document: headings by their marks, each paragraph, list item and quote; code, tables
/// and all else that is not read as prose are one block each. Spans leave out heading marks and bullets; quote marks
/// inside of a block stay, plainInline() drops them. Close enough to CommonMark for telling prose from the rest;
/// nothing is rendered from it. Linear; any thread.
std::vector<Block> splitMarkdownBlocks(QStringView text);

/// `stretch` of Markdown on one line as it would be read: without emphasis, back-ticks, link targets, images,
/// footnote marks, HTML tags, escapes; entities decoded.
QString plainInline(QStringView stretch);

/// Whether the text has the marks of Markdown rather than only a bullet here and there.
bool looksLikeMarkdown(QStringView text);

/// A front matter's field, "title: ..." between two lines "---" at the start; quotes around it dropped.
QString frontMatterField(QStringView text, QStringView name);

} // namespace quintet::text
