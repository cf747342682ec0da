#include "engine/model/weights.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "engine/format/codecs.h"
#include "engine/model/panel_packing.h"

namespace facet {
namespace {

// Element types that the kernels read as they are.
bool IsDirect(ElementType type) {
  return type == ElementType::kF32 || type == ElementType::kBF16 || type == ElementType::kSFP;
}

WeightForm FormOf(ElementType type) {
  return type == ElementType::kF32    ? WeightForm::kF32
         : type == ElementType::kBF16 ? WeightForm::kBF16
                                      : WeightForm::kSFP;
}

size_t ElementBytes(ElementType type) { return type == ElementType::kF32 ? 4 : type == ElementType::kBF16 ? 2 : 1; }

class Loader {
 public:
  explicit Loader(const ModelFile& file) : file_(file) {}

  Result<Weights> Load(const LoadProgress& progress);

 private:
  const Tensor* Find(const std::string& name) const {
    const auto it = file_.tensors.find(name);
    return it == file_.tensors.end() ? nullptr : &it->second;
  }
  uint8_t* Own(size_t bytes);
  // A copy decoded to f32, scale applied.
  Matrix Decoded(const Tensor& tensor);
  Matrix AsMatrix(const Tensor& tensor);
  // qkv_ein with the rows of all queries first, then key and value of each kv head: one matrix, or views of its parts.
  std::vector<Matrix> QueriesThenKeys(const Tensor& tensor, const LayerConfig& layer);
  // att_ein, [heads][model_dim][qkv_dim], as (model_dim, heads * qkv_dim).
  Matrix FromHeads(const Tensor& tensor, const LayerConfig& layer);
  std::vector<float> Norm(const std::string& name);
  bool Take(const std::string& name, const Tensor** tensor);
  Status LoadLayer(uint32_t index);

  const ModelFile& file_;
  Weights weights_;
};

uint8_t* Loader::Own(size_t bytes) {
  weights_.owned.emplace_back(new uint8_t[bytes]);  // bad_alloc is turned into a status at the C API
  return weights_.owned.back().get();
}

Matrix Loader::Decoded(const Tensor& tensor) {
  const size_t row_values = tensor.cols;
  auto* values = reinterpret_cast<float*>(Own(static_cast<size_t>(tensor.NumValues()) * sizeof(float)));
  for (uint32_t r = 0; r < tensor.rows; ++r) {
    DecodeToF32(tensor, static_cast<uint64_t>(r) * row_values, row_values, values + r * row_values);
  }
  return {WeightForm::kF32,
          reinterpret_cast<const uint8_t*>(values),
          row_values * sizeof(float),
          tensor.rows,
          tensor.cols,
          1.0f};
}

Matrix Loader::AsMatrix(const Tensor& tensor) {
  if (!IsDirect(tensor.type)) return Decoded(tensor);
  return {FormOf(tensor.type), tensor.bytes.data, tensor.cols * ElementBytes(tensor.type),
          tensor.rows,         tensor.cols,       tensor.scale};
}

// Where every head has a key and a value of its own (Gemma 1 7B), its query stands with them: [Q0 K0 V0 Q1 K1 V1 ...].
std::vector<Matrix> Loader::QueriesThenKeys(const Tensor& tensor, const LayerConfig& layer) {
  const Matrix fused = AsMatrix(tensor);
  if (layer.heads != layer.kv_heads || layer.heads == 1) return {fused};
  const auto rows = [&fused](size_t first, uint32_t count) {
    Matrix part = fused;
    part.data = fused.Row(first);
    part.rows = count;
    return part;
  };
  std::vector<Matrix> parts;
  const uint32_t dim = layer.qkv_dim;
  for (size_t head = 0; head < layer.heads; ++head) parts.push_back(rows(head * 3 * dim, dim));
  for (size_t head = 0; head < layer.heads; ++head) parts.push_back(rows((head * 3 + 1) * dim, 2 * dim));
  return parts;
}

Matrix Loader::FromHeads(const Tensor& tensor, const LayerConfig& layer) {
  const Matrix source = AsMatrix(tensor);  // (heads * model_dim, qkv_dim)
  const size_t head_bytes = source.row_bytes;
  Matrix out = source;
  out.rows = layer.model_dim;
  out.cols = layer.heads * layer.qkv_dim;
  out.row_bytes = head_bytes * layer.heads;
  uint8_t* copy = Own(out.row_bytes * out.rows);
  for (size_t d = 0; d < layer.model_dim; ++d) {
    for (size_t h = 0; h < layer.heads; ++h) {
      std::memcpy(copy + d * out.row_bytes + h * head_bytes, source.Row(h * layer.model_dim + d), head_bytes);
    }
  }
  out.data = copy;
  return out;
}

std::vector<float> Loader::Norm(const std::string& name) {
  const Tensor* tensor = nullptr;
  if (!Take(name, &tensor)) return {};
  std::vector<float> weight(static_cast<size_t>(tensor->NumValues()));
  DecodeToF32(*tensor, 0, weight.size(), weight.data());
  for (float& w : weight) w += 1.0f;
  return weight;
}

bool Loader::Take(const std::string& name, const Tensor** tensor) {
  *tensor = Find(name);
  if (*tensor == nullptr) return false;
  weights_.parameters += (*tensor)->NumValues();
  return true;
}

Status Loader::LoadLayer(uint32_t index) {
  const LayerConfig& config = file_.config.layers[index];
  const std::string suffix = "_" + std::to_string(index);
  LayerWeights layer;
  const Tensor* tensor = nullptr;
  if (Take("qkv_ein" + suffix, &tensor)) layer.qkv = QueriesThenKeys(*tensor, config);
  for (const char* name : {"qkv1_w", "qkv2_w"}) {
    if (Take(name + suffix, &tensor)) layer.qkv.push_back(AsMatrix(*tensor));
  }
  if (Take("att_w" + suffix, &tensor)) {
    layer.att_out = AsMatrix(*tensor);
  } else if (Take("att_ein" + suffix, &tensor)) {
    layer.att_out = FromHeads(*tensor, config);
  }
  for (const char* name : {"gating_ein", "gating1_w", "gating2_w"}) {
    if (Take(name + suffix, &tensor)) layer.gating.push_back(AsMatrix(*tensor));
  }
  if (Take("linear_w" + suffix, &tensor)) layer.down = AsMatrix(*tensor);
  layer.pre_attention = Norm("pre_att_ns" + suffix);
  layer.pre_ff = Norm("pre_ff_ns" + suffix);
  if (config.post_norm) {
    layer.post_attention = Norm("post_att_ns" + suffix);
    layer.post_ff = Norm("post_ff_ns" + suffix);
  }
  if (config.use_qk_norm) {
    layer.query_norm = Norm("query_norm" + suffix);
    layer.key_norm = Norm("key_norm" + suffix);
  }
  if (layer.qkv.empty() || layer.gating.empty() || layer.att_out.data == nullptr || layer.down.data == nullptr) {
    return {Code::kInternal,
            "layer " + std::to_string(index) + " lacks a matrix that the file check should have missed"};
  }
  weights_.layers.push_back(std::move(layer));
  return {};
}

Result<Weights> Loader::Load(const LoadProgress& progress) {
  const Tensor* tensor = nullptr;
  if (Take("c_embedding", &tensor)) weights_.embedding = weights_.head = AsMatrix(*tensor);
  weights_.final_norm = Norm("c_final_norm");
  weights_.layers.reserve(file_.config.layers.size());
  for (uint32_t i = 0; i < file_.config.num_layers; ++i) {
    if (progress && !progress(0, 0)) return Status{Code::kCancelled, ""};
    if (Status status = LoadLayer(i); !status.ok()) return status;
  }
  return std::move(weights_);
}

template <typename Visit>
void ForEachLayerMatrix(const Weights& weights, const Visit& visit) {
  for (const LayerWeights& layer : weights.layers) {
    for (const Matrix& part : layer.qkv) visit(part);
    visit(layer.att_out);
    for (const Matrix& part : layer.gating) visit(part);
    visit(layer.down);
  }
}

}  // namespace

uint64_t BytesPerToken(const Weights& weights) {
  const Screen& screen = weights.screen;
  uint64_t bytes = screen.any() ? MatrixBytes(screen.first) + MatrixBytes(screen.rest) : MatrixBytes(weights.head);
  ForEachLayerMatrix(weights, [&bytes](const Matrix& w) { bytes += MatrixBytes(w); });
  return bytes;
}

Status ReadAhead(const Weights& weights, const LoadProgress& progress) {
  constexpr size_t kPage = 4096;
  constexpr uint64_t kStep = 8u << 20;
  std::vector<const Matrix*> matrices;
  ForEachLayerMatrix(weights, [&matrices](const Matrix& w) { matrices.push_back(&w); });
  const Screen& screen = weights.screen;
  for (const Matrix* w : {&weights.head, &screen.first, &screen.rest, &screen.residual}) {
    if (w->data != nullptr) matrices.push_back(w);
  }
  uint64_t total = 0, done = 0;
  for (const Matrix* w : matrices) total += MatrixBytes(*w);
  volatile uint8_t sink = 0;
  for (const Matrix* w : matrices) {
    const uint64_t size = MatrixBytes(*w);
    for (uint64_t begin = 0; begin < size; begin += kStep) {
      const uint64_t end = std::min(size, begin + kStep);
      for (uint64_t i = begin; i < end; i += kPage) sink = w->data[i];
      done += end - begin;
      if (progress && !progress(done, total)) return {Code::kCancelled, ""};
    }
  }
  static_cast<void>(sink);
  return {};
}

Result<Weights> LoadWeights(const ModelFile& file, const LoadProgress& progress) { return Loader(file).Load(progress); }

}  // namespace facet
