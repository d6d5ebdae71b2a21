// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/readers/reading.h"

namespace quintet::document {

/// The documents in a ZIP file, each under its path, in the order of their paths. What cannot be read in it is passed
/// over, and links are not followed; fails with BadInput where nothing can be read.
Result<Document> readZip(const Content &content, const Reading &reading);

/// The same for a tar file, plain or compressed by gzip, bzip2, xz or zstd. A compressed file that holds no tar file is
/// read as what it holds.
Result<Document> readTar(const Content &content, const Reading &reading);

} // namespace quintet::document
