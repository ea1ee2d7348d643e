// The one entry point of all operators.

API void* fed_find(const char* name, const char* overload) {
  Operator* found = nullptr;
  guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    found = new Operator{handle, without_namespace(name), {}, {}, refusal(name)};
    for (const auto& a : handle.schema().arguments()) found->arguments.push_back(describe(a));
    if (!found->refuse) call_directly(*found); // what may have to be refused is looked at first
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
    if (op->refuse) op->refuse(*op, stack);
    op->handle.callBoxed(&stack);
    if (static_cast<int>(stack.size()) > capacity)
      throw std::invalid_argument(op->name + " gives " + std::to_string(stack.size()) + " results.");
    for (auto& v : stack) results[produced++] = result(std::move(v));
    stack.clear();
    kept = std::move(stack);
  });
  return status == 0 ? produced : -1;
}
