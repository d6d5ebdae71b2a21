// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf/pagepicture.h"

#include <QCoreApplication>

#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>

namespace quintet::document {

namespace {

constexpr double dotsAnInch = 300;
constexpr double mostDots = 40e6; ///< of a picture

} // namespace

Result<QByteArray> pictureOfPage(const Content &content, int page)
{
    const std::string password = content.password.toStdString();
    const std::unique_ptr<poppler::document> pdf(poppler::document::load_from_raw_data(
        content.bytes.constData(), int(content.bytes.size()), password, password));
    const std::unique_ptr<poppler::page> found(pdf && !pdf->is_locked() && page < pdf->pages() ? pdf->create_page(page)
                                                                                               : nullptr);
    if (!found)
        return badInput(QCoreApplication::translate("document", "“%1” has no such page."), content.name);
    const poppler::rectf paper = found->page_rect();
    const double inches = std::max(1.0, paper.width() / 72 * (paper.height() / 72));
    const double dots = std::min(dotsAnInch, std::sqrt(mostDots / inches));
    poppler::page_renderer renderer;
    renderer.set_image_format(poppler::image::format_gray8);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
    const poppler::image image = renderer.render_page(found.get(), dots, dots);
    if (!image.is_valid())
        return badInput(QCoreApplication::translate("document", "“%1” has a page that cannot be drawn."), content.name);
    QByteArray picture = "P5\n" + QByteArray::number(image.width()) + ' ' + QByteArray::number(image.height()) + "\n255\n";
    for (int row = 0; row < image.height(); ++row)
        picture.append(image.const_data() + qsizetype(row) * image.bytes_per_row(), image.width());
    return picture;
}

} // namespace quintet::document
