// What libtorch does not look at, and ends the process over, or never comes back from, or answers with what is left in memory: refused before the call.

namespace {

std::string without_namespace(const char* name) { return std::strncmp(name, "aten::", 6) == 0 ? name + 6 : name; }

// The processor has no answer to the smallest whole number divided by -1, and ends the process.
void refuse_overflow(const Operator& op, const torch::jit::Stack& stack) {
  if (stack.size() < 2 || !stack[0].isTensor()) return;
  const auto& dividend = stack[0].toTensor();
  if (!dividend.defined() || dividend.is_meta() || dividend.numel() == 0 || (dividend.scalar_type() != at::kInt && dividend.scalar_type() != at::kLong)) return;
  if (stack[1].isInt()) {
    if (stack[1].toInt() != -1) return;
  } else if (stack[1].isTensor()) {
    const auto& divisor = stack[1].toTensor();
    if (!divisor.defined() || divisor.is_meta() || !c10::isIntegralType(divisor.scalar_type(), false)) return;
    if (at::result_type(dividend, divisor) != dividend.scalar_type() || !divisor.eq(-1).any().item<bool>()) return;
  } else {
    return;
  }
  auto least = dividend.scalar_type() == at::kInt ? int64_t{INT32_MIN} : INT64_MIN;
  if (dividend.min().item<int64_t>() == least)
    throw std::invalid_argument(op.name + ": the smallest whole number, " + std::to_string(least) + ", cannot be divided by -1.");
}

// A sum of repetitions that overflows passes for a small one, and is written beyond the end of.
void refuse_repetitions(const Operator& op, const torch::jit::Stack& stack) {
  for (size_t i = 0; i < stack.size(); i++) {
    const auto& a = op.arguments[i];
    if (a.name != "repeats" || !stack[i].isTensor()) continue;
    const auto& repeats = stack[i].toTensor();
    if (!repeats.defined() || repeats.is_meta() || repeats.numel() == 0 || repeats.scalar_type() != at::kLong) continue;
    auto most = repeats.max().item<int64_t>();
    if (most > a.most)
      throw std::invalid_argument(op.name + ": a row can be repeated at most " + std::to_string(a.most) + " times, but got " + std::to_string(most) + ".");
  }
}

// Going backward reads the first target, and there is none.
void refuse_no_classes(const Operator& op, const torch::jit::Stack& stack) {
  if (stack.empty() || !stack[0].isTensor()) return;
  const auto& input = stack[0].toTensor();
  if (input.defined() && input.requires_grad() && input.dim() == 1 && input.numel() == 0)
    throw std::invalid_argument(op.name + ": the input has no elements, so there is no class that it could be.");
}

// Packed sequences are read by the sizes of their batches, beyond the rows that there are.
void refuse_batch_sizes(const Operator& op, const torch::jit::Stack& stack) {
  for (size_t i = 1; i < stack.size(); i++) {
    if (op.arguments[i].name != "batch_sizes" || !stack[i].isTensor() || !stack[0].isTensor()) continue;
    const auto &rows = stack[0].toTensor(), &sizes = stack[i].toTensor();
    if (!rows.defined() || !sizes.defined()) return;
    bool sound = rows.dim() > 0 && sizes.dim() == 1 && sizes.numel() > 0 && sizes.scalar_type() == at::kLong && sizes.is_cpu() &&
        sizes.min().item<int64_t>() > 0 && sizes.max().item<int64_t>() <= rows.size(0) && sizes.sum().item<int64_t>() == rows.size(0) &&
        (sizes.numel() == 1 || sizes.diff().max().item<int64_t>() <= 0);
    if (!sound)
      throw std::invalid_argument(op.name + ": the sizes of the batches must be whole numbers (int64) above 0 that do not grow, and together the rows of the data.");
  }
}

bool are_whole(const at::Tensor& t) { return t.defined() && t.is_cpu() && t.dim() == 1 && (t.scalar_type() == at::kInt || t.scalar_type() == at::kLong); }

bool lie_within(const at::Tensor& t, int64_t end) { return t.numel() == 0 || (t.min().item<int64_t>() >= 0 && t.max().item<int64_t>() < end); }

// Bags are read by indices and offsets of whatever shape and size.
void refuse_bags(const Operator& op, const torch::jit::Stack& stack) {
  if (stack.size() < 3 || !stack[0].isTensor() || !stack[1].isTensor() || !stack[2].isTensor()) return;
  const auto &weight = stack[0].toTensor(), &indices = stack[1].toTensor(), &offsets = stack[2].toTensor();
  if (!weight.defined() || weight.dim() != 2) throw std::invalid_argument(op.name + ": the weight must have two dimensions, a row for each entry.");
  if (!are_whole(indices) || !lie_within(indices, weight.size(0)))
    throw std::invalid_argument(op.name + ": the indices must be one row of whole numbers (int32 or int64) from 0 to " + std::to_string(weight.size(0) - 1) + ".");
  if (!are_whole(offsets) || !lie_within(offsets, indices.numel() + 1) || (offsets.numel() > 1 && offsets.diff().min().item<int64_t>() < 0))
    throw std::invalid_argument(op.name + ": the offsets must be one row of whole numbers (int32 or int64) from 0 to the number of indices, none smaller than the one before.");
  if (stack.size() < 7 || !stack[6].isTensor() || !stack[6].toTensor().defined()) return;
  const auto& weights = stack[6].toTensor();
  if (weights.sizes() != indices.sizes() || weights.scalar_type() != weight.scalar_type())
    throw std::invalid_argument(op.name + ": the weights of the samples must have the shape of the indices and the type of the weight.");
}

// Pooling counts through all rows of its output, also when they are empty and cost no memory.
void refuse_empty_rows(const Operator& op, const torch::jit::Stack& stack) {
  constexpr double most = INT32_MAX;
  for (size_t i = 1; i < stack.size(); i++) {
    if (op.arguments[i].name != "output_size" || !stack[i].isIntList() || !stack[0].isTensor() || !stack[0].toTensor().defined()) continue;
    auto sizes = stack[i].toIntVector();
    double rows = 1;
    for (auto size : sizes) rows *= static_cast<double>(std::max<int64_t>(size, 1));
    auto shape = stack[0].toTensor().sizes();
    for (size_t d = 0; d + sizes.size() < shape.size(); d++) rows *= static_cast<double>(shape[d]);
    if (rows > most && std::find(sizes.begin(), sizes.end(), 0) != sizes.end())
      throw std::invalid_argument(op.name + ": an output of " + std::to_string(sizes.front()) + (sizes.size() > 1 ? " by " + std::to_string(sizes[1]) : "") +
          (sizes.size() > 2 ? " by " + std::to_string(sizes[2]) : "") + " has no elements, but more rows than can be counted through.");
  }
}

// The mean or sum of no rows is whatever was in memory.
void refuse_no_rows(const Operator& op, const torch::jit::Stack& stack) {
  if (stack.empty() || !stack[0].isTensor()) return;
  const auto& input = stack[0].toTensor();
  if (!input.defined() || input.dim() != 2 || input.size(0) != 0) return;
  for (size_t i = 1; i < stack.size(); i++)
    if (op.arguments[i].name == "reduction" && stack[i].isInt() && stack[i].toInt() != at::Reduction::None)
      throw std::invalid_argument(op.name + ": the input has no rows, so there is no loss to take the mean or the sum of.");
}

auto refusal(const char* name) -> decltype(Operator::refuse) {
  for (auto known : {"div", "div_", "divide", "divide_", "floor_divide", "floor_divide_", "remainder", "remainder_", "fmod", "fmod_"})
    if (without_namespace(name) == known) return refuse_overflow;
  if (without_namespace(name) == "repeat_interleave") return refuse_repetitions;
  for (auto known : {"nll_loss", "nll_loss_nd", "cross_entropy_loss"})
    if (without_namespace(name) == known) return refuse_no_classes;
  if (without_namespace(name) == "embedding_bag") return refuse_bags;
  for (auto known : {"adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d", "_adaptive_avg_pool2d", "_adaptive_avg_pool3d", "adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d"})
    if (without_namespace(name) == known) return refuse_empty_rows;
  for (auto known : {"multi_margin_loss", "multilabel_margin_loss", "multilabel_margin_loss_forward"})
    if (without_namespace(name) == known) return refuse_no_rows;
  for (auto known : {"_pad_packed_sequence", "lstm", "gru", "rnn_tanh", "rnn_relu"})
    if (without_namespace(name) == known) return refuse_batch_sizes;
  return nullptr;
}

} // namespace
