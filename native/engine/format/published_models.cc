// Numbers of gemma.cpp's gemma/configs.cc, up to the commits that removed Gemma 1 (2025-05-09).
#include "engine/format/published_models.h"

namespace facet {
namespace {

constexpr QueryScale kByHead = QueryScale::kSqrtKeySize;
constexpr QueryScale kByModelDim = QueryScale::kSqrtModelDimDivNumHeads;
constexpr PromptWrapping kIT = PromptWrapping::kGemmaIT;
constexpr PromptWrapping kVLM = PromptWrapping::kGemmaVLM;

constexpr PublishedModel kModels[] = {
    {ModelId::kGemma1_2B, "Gemma_2B", 1, 18, 2048, 256, 0, kByHead, kIT},
    {ModelId::kGemma1_7B, "Gemma_7B", 1, 28, 3072, 256, 0, kByHead, kIT},
    {ModelId::kGemma2_2B, "Gemma2_2B", 2, 26, 2304, 256, 4096, kByHead, kIT},
    {ModelId::kGemma2_9B, "Gemma2_9B", 2, 42, 3584, 256, 4096, kByHead, kIT},
    {ModelId::kGemma2_27B, "Gemma2_27B", 2, 46, 4608, 128, 4096, kByModelDim, kIT},
    {ModelId::kGemma3_270M, "Gemma3_270M", 3, 18, 640, 256, 512, kByHead, kIT},
    {ModelId::kGemma3_1B, "Gemma3_1B", 3, 26, 1152, 256, 512, kByHead, kVLM},
    {ModelId::kGemma3_4B, "Gemma3_4B", 3, 34, 2560, 256, 1024, kByHead, kVLM},
    {ModelId::kGemma3_12B, "Gemma3_12B", 3, 48, 3840, 256, 1024, kByHead, kVLM},
    {ModelId::kGemma3_27B, "Gemma3_27B", 3, 62, 5376, 128, 1024, kByHead, kVLM},
};

constexpr Generation kGenerations[] = {
    {1, 8192, 0.0f, 0.0f, 107}, {2, 8192, 50.0f, 30.0f, 107}, {6, 32768, 0.0f, 0.0f, 106}};

}  // namespace

const PublishedModel* FindPublished(uint32_t generation, uint32_t layers, uint32_t model_dim) {
  for (const PublishedModel& row : kModels) {
    if (row.generation == generation && row.layers == layers && row.model_dim == model_dim) return &row;
  }
  return nullptr;
}

const Generation& GenerationFacts(uint32_t generation) { return kGenerations[generation - 1]; }

}  // namespace facet
