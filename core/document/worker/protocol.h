// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/extraction/input.h"

namespace quintet::document {

// What a worker and its parent say to each other. Requests come over a socket at a fixed descriptor, one packet each,
// with the opened file attached; answers go over standard output as frames. The worker may have been taken over by what
// it read, so that the parent believes nothing that it has not checked.

inline constexpr int requestDescriptor = 3;

/// A frame: its kind, the length of its content in four bytes (most significant first), its content.
enum class Frame : char {
    Progress = 'p', ///< the worker is there, the reader goes on; empty
    Text = 't',     ///< the next part of the document's text, whole characters of UTF-8
    Document = 'd', ///< the end of a document: all but its text
    Picture = 'i',  ///< the end where a picture of a page was wanted: PGM
    Failure = 'f',  ///< the end of an attempt: an Error
};

inline constexpr qsizetype frameHeader = 5;
inline constexpr qsizetype largestFrame = 256LL << 20;
inline constexpr qsizetype largestText = 700LL << 20; ///< bytes of all text frames

/// The packet that asks for an input to be read.
QByteArray requestBytes(const Input &input);

/// The request in a packet, with the file that came with it.
Input requestFrom(const QByteArray &packet, Descriptor file);

/// A frame with its header.
QByteArray frameBytes(Frame kind, const QByteArray &content);

/// Everything of `document` but its text.
QByteArray factsBytes(const Document &document);
QByteArray errorBytes(const Error &error);

/// Put together again; none where the parts cannot belong to one document: offsets outside of the text, places that
/// overlap.
std::optional<Document> documentFrom(const QByteArray &facts, const QByteArray &text);
Error errorFrom(const QByteArray &content);

} // namespace quintet::document
