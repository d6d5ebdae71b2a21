// SPDX-License-Identifier: GPL-3.0-or-later
#include "llm/backend.h"

#include <QCoreApplication>

namespace quintet::llm {

Task<Result<Embeddings>> Backend::embed(EmbeddingRequest, Watch, CancelToken)
{
    co_return failure(ErrorKind::NeedsModel,
                      QCoreApplication::translate("llm", "This engine has no embeddings. Connect a server that has."));
}

Task<Result<Ranking>> Backend::rerank(RerankRequest, Watch, CancelToken)
{
    co_return failure(ErrorKind::NeedsModel,
                      QCoreApplication::translate("llm", "This engine does not rerank. Connect a server that does."));
}

} // namespace quintet::llm
