// Arithmetic, called as C++ calls it.

#pragma once

namespace {

// Arithmetic takes one or two tensors and perhaps a number, and gives a tensor. Such an operator is called as C++ calls it:
// with no stack of boxed values, and without counting references to arguments that the caller holds anyway.
constexpr size_t most_direct = 3;

template <class T>
struct Given;

template <>
struct Given<at::Tensor> : Borrowed {
  Given(const Operator& op, size_t i, const Value& v) : Borrowed(checked(op, i, v)) {}
  static void* checked(const Operator& op, size_t i, const Value& v) {
    if (v.kind != Tensor) convert(op, op.arguments[i], v); // throws
    return v.p;
  }
};

template <>
struct Given<at::Scalar> {
  at::Scalar number;
  Given(const Operator& op, size_t i, const Value& v)
      : number(v.kind == Int ? at::Scalar(v.i) : v.kind == Float ? at::Scalar(v.f) : convert(op, op.arguments[i], v).toScalar()) {}
  operator const at::Scalar&() { return number; }
};

template <class Result, class... Arguments, size_t... I>
void call_directly(Operator& op, std::index_sequence<I...>) {
  op.direct = [typed = op.handle.typed<Result(Arguments...)>()](const Operator& op, const Value* values) -> at::Tensor {
    return typed.call(Given<std::decay_t<Arguments>>(op, I, values[I])...);
  };
}

template <class Result, class First>
void call_directly(Operator& op, const std::string& shape) {
  using T = const at::Tensor&;
  using N = const at::Scalar&;
  if (shape == "T") call_directly<Result, First>(op, std::make_index_sequence<1>());
  if (shape == "TT") call_directly<Result, First, T>(op, std::make_index_sequence<2>());
  if (shape == "TN") call_directly<Result, First, N>(op, std::make_index_sequence<2>());
  if (shape == "TTT") call_directly<Result, First, T, T>(op, std::make_index_sequence<3>());
  if (shape == "TTN") call_directly<Result, First, T, N>(op, std::make_index_sequence<3>());
}

void call_directly(Operator& op) {
  const auto& schema = op.handle.schema();
  if (schema.returns().size() != 1 || schema.returns()[0].type()->kind() != TypeKind::TensorType) return;
  std::string shape;
  for (const auto& a : schema.arguments()) {
    bool written = a.alias_info() && a.alias_info()->isWrite();
    bool tensor = a.type()->kind() == TypeKind::TensorType && !(written && !shape.empty());
    shape += tensor ? 'T' : a.type()->kind() == TypeKind::NumberType ? 'N' : '?';
  }
  bool in_place = schema.returns()[0].alias_info() && schema.returns()[0].alias_info()->isWrite();
  try {
    if (in_place) call_directly<at::Tensor&, at::Tensor&>(op, shape);
    else call_directly<at::Tensor, const at::Tensor&>(op, shape);
  } catch (const c10::Error&) {
    // Its C++ declaration has another form than others of that schema: it stays with the boxed call.
  }
}

} // namespace
