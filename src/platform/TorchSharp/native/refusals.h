// What libtorch does not look at and ends the process over: refused before the call.

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

auto refusal(const char* name) -> decltype(Operator::refuse) {
  for (auto known : {"div", "div_", "divide", "divide_", "floor_divide", "floor_divide_", "remainder", "remainder_", "fmod", "fmod_"})
    if (without_namespace(name) == known) return refuse_overflow;
  if (without_namespace(name) == "repeat_interleave") return refuse_repetitions;
  for (auto known : {"nll_loss", "nll_loss_nd", "cross_entropy_loss"})
    if (without_namespace(name) == known) return refuse_no_classes;
  return nullptr;
}

} // namespace
