// The one entry point of all operators.

namespace {

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

bool divides(const std::string& name) {
  for (auto known : {"div", "div_", "divide", "divide_", "floor_divide", "floor_divide_", "remainder", "remainder_", "fmod", "fmod_"})
    if (name == known) return true;
  return false;
}

} // namespace

API void* fed_find(const char* name, const char* overload) {
  Operator* found = nullptr;
  guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    found = new Operator{handle, std::strncmp(name, "aten::", 6) == 0 ? name + 6 : name, {}, {}, false};
    for (const auto& a : handle.schema().arguments()) found->arguments.push_back(describe(a));
    found->divides = divides(found->name);
    if (!found->divides) call_directly(*found); // what divides whole numbers is looked at first, see refuse_overflow
  });
  return found;
}

// Answers the number of results, or -1. Missing trailing arguments get the schema's defaults.
API int fed_call(Operator* op, const Value* arguments, int count, Value* results, int capacity) {
  int produced = 0;
  int status = guarded([&] {
    if (op->direct) {
      Value given[most_direct] = {};
      std::copy_n(arguments, std::min<size_t>(count, most_direct), given);
      results[produced++] = result(op->direct(*op, given));
      return;
    }
    thread_local torch::jit::Stack kept;
    torch::jit::Stack stack = std::move(kept); // so a nested call finds an empty one
    stack.clear();
    for (size_t i = 0; i < op->arguments.size(); i++) {
      static const Value nothing{None, 0, {0}};
      const auto& a = op->arguments[i];
      if (static_cast<int>(i) < count) stack.push_back(convert(*op, a, arguments[i]));
      else if (a.fallback) stack.push_back(*a.fallback);
      else stack.push_back(convert(*op, a, nothing));
    }
    if (op->divides) refuse_overflow(*op, stack);
    op->handle.callBoxed(&stack);
    if (static_cast<int>(stack.size()) > capacity)
      throw std::invalid_argument(op->name + " gives " + std::to_string(stack.size()) + " results.");
    for (auto& v : stack) results[produced++] = result(std::move(v));
    stack.clear();
    kept = std::move(stack);
  });
  return status == 0 ? produced : -1;
}
