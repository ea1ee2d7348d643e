// The native half of this assembly: libtorch's dispatcher and a handful of functions behind a C boundary.
//
// - Every operator goes through one entry point, `fed_call`, by its schema. Arguments are 16-byte tagged values.
// - A tensor's handle is its TensorImpl* with one reference of its own. Arguments are borrowed, results are owned.
// - No exception crosses the boundary: a function answers -1 (or null) and `fed_error` gives the text, per thread.

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Logging.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/serialize.h>

#include <dlfcn.h>
#include <malloc.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#define API extern "C" __attribute__((visibility("default")))

using c10::IValue;
using c10::TensorImpl;
using c10::TypeKind;

namespace {

thread_local std::string error;

// Activations of a few MB come and go in every training step. With its defaults glibc returns them to the system
// each time and pays the page faults again; keeping them halves the time of a convolution's step.
__attribute__((constructor)) void prepare() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  // Collecting a backtrace costs milliseconds an error, and nobody reads it on the other side.
  c10::SetStackTraceFetcher([] { return std::string(); });
}

template <class Body>
int guarded(Body body) {
  try {
    body();
    return 0;
  } catch (const c10::Error& e) {
    error = e.what_without_backtrace();
  } catch (const std::exception& e) {
    error = e.what();
  } catch (...) {
    error = "an unknown native error";
  }
  return -1;
}

at::Tensor borrow(void* handle) {
  if (!handle) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(static_cast<TensorImpl*>(handle)));
}

// For the length of a call, and without counting the reference: the caller holds it.
struct Borrowed {
  at::Tensor tensor;
  explicit Borrowed(void* handle)
      : tensor(c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<TensorImpl*>(handle))) {}
  Borrowed(const Borrowed&) = delete;
  ~Borrowed() { tensor.unsafeReleaseTensorImpl(); }
  operator at::Tensor&() { return tensor; }
};

void* own(at::Tensor&& tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

at::Generator generator_of(void* handle) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(handle)));
}

enum Kind : uint32_t { None, Tensor, Int, Float, Bool, Complex, Ints, Floats, Bools, Tensors, Text, Generator, Device };

struct Value {
  Kind kind;
  uint32_t length; // of a list or text; of a resulting tensor the KiB that it alone owns
  union {
    int64_t i;
    double f;
    void* p;
  };
};
static_assert(sizeof(Value) == 16, "the managed side lays it out the same way");

struct Argument {
  std::string name, wants;
  TypeKind kind, element;
  bool optional, optional_elements, symbolic;
  int64_t least, most; // of a number that libtorch calculates with unchecked
  int places; // of a list for which one number will do: int[2]
  uint64_t choices; // of an enumeration, which is a whole number at this boundary: a bit for each of its values; 0 for anything else
  c10::optional<IValue> fallback;
};

struct Operator {
  c10::OperatorHandle handle;
  std::string name;
  std::vector<Argument> arguments;
  std::function<at::Tensor(const Operator&, const Value*)> direct; // of arithmetic, see call_directly
  void (*refuse)(const Operator&, const torch::jit::Stack&); // throws where libtorch would end the process; mostly null
};

// libtorch indexes tables with these unchecked. Types: the numbers, complex numbers and truth values, and neither quantized nor undefined.
// Layouts: strided and sparse; a tensor of zeros in another one aborts the process.
uint64_t choices_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::ScalarTypeType: return 0b1000'1110'1111'1111;
    case TypeKind::LayoutType: return 0b11;
    case TypeKind::MemoryFormatType: return (1u << static_cast<int>(c10::MemoryFormat::NumOptions)) - 1;
    default: return 0;
  }
}

// Where these are multiplied, divided by or added to a place in memory, nobody looks whether the result still fits into 64 bits.
void limit(Argument& a) {
  for (auto factor : {"upscale_factor", "downscale_factor", "groups", "num_groups"})
    if (a.name == factor) a.least = 1, a.most = INT32_MAX;
  if (a.name == "repeats") a.least = 0, a.most = INT32_MAX;
  if (a.name == "storage_offset") a.least = 0, a.most = int64_t{1} << 56;
}

Argument describe(const c10::Argument& source) {
  auto type = source.type();
  Argument a{source.name(), type->annotation_str(), type->kind(), TypeKind::AnyType, false, false, false, INT64_MIN, INT64_MAX, source.N().value_or(1), 0, source.default_value()};
  auto real = source.real_type();
  if (real->kind() == TypeKind::OptionalType) real = real->castRaw<c10::OptionalType>()->getElementType();
  a.choices = choices_of(real->kind());
  limit(a);
  a.symbolic = real->kind() == TypeKind::SymIntType;
  if (a.choices) a.wants = real->annotation_str();
  if (a.kind == TypeKind::OptionalType) {
    a.optional = true;
    type = type->castRaw<c10::OptionalType>()->getElementType();
    a.kind = type->kind();
  }
  if (a.kind == TypeKind::ListType) {
    type = type->castRaw<c10::ListType>()->getElementType();
    a.element = type->kind();
    if (a.element == TypeKind::OptionalType) {
      a.optional_elements = true;
      a.element = type->castRaw<c10::OptionalType>()->getElementType()->kind();
    }
  }
  return a;
}

[[noreturn]] void mismatch(const Operator& op, const Argument& a, const char* got) {
  throw std::invalid_argument(op.name + ": argument '" + a.name + "' must be " + a.wants + ", but got " + got + ".");
}

template <class To, class From>
IValue list(const Value& v) {
  c10::List<To> items;
  items.reserve(v.length);
  for (uint32_t i = 0; i < v.length; i++) items.push_back(static_cast<To>(static_cast<const From*>(v.p)[i]));
  return items;
}

IValue tensors(const Operator& op, const Argument& a, void* const* handles, uint32_t length) {
  if (a.optional_elements) {
    c10::List<c10::optional<at::Tensor>> items;
    for (uint32_t i = 0; i < length; i++)
      items.push_back(handles[i] ? c10::optional<at::Tensor>(borrow(handles[i])) : c10::nullopt);
    return items;
  }
  c10::List<at::Tensor> items;
  items.reserve(length);
  for (uint32_t i = 0; i < length; i++) {
    if (!handles[i]) mismatch(op, a, ("nothing at place " + std::to_string(i)).c_str());
    items.push_back(borrow(handles[i]));
  }
  return items;
}

// Kinds are checked here, against the schema: past this point a wrong one would end in an internal assertion.
// Sizes below this are symbols to libtorch, and it believes them.
void representable(const Operator& op, const Argument& a, int64_t number) {
  if (number < -(int64_t{1} << 62))
    throw std::invalid_argument(op.name + ": argument '" + a.name + "' has a number that is too small: " + std::to_string(number) + ".");
}

IValue convert(const Operator& op, const Argument& a, const Value& v) {
  switch (v.kind) {
    case None:
      if (a.fallback && !a.fallback->isNone()) return *a.fallback;
      if (a.optional) return IValue();
      if (a.fallback) return *a.fallback;
      if (a.kind == TypeKind::TensorType) mismatch(op, a, "no tensor");
      mismatch(op, a, "nothing");
    case Tensor:
      if (a.kind == TypeKind::TensorType) return borrow(v.p);
      if (a.kind == TypeKind::ListType && a.element == TypeKind::TensorType) return tensors(op, a, &v.p, 1);
      mismatch(op, a, "a tensor");
    case Int:
      if (a.choices && (v.i < 0 || v.i > 63 || !(a.choices >> v.i & 1)))
        throw std::invalid_argument(op.name + ": argument '" + a.name + "' must be a valid " + a.wants + ", but got " + std::to_string(v.i) + ".");
      if (a.kind != TypeKind::ListType && (v.i < a.least || v.i > a.most))
        throw std::invalid_argument(op.name + ": argument '" + a.name + "' must be from " + std::to_string(a.least) + " to " + std::to_string(a.most) + ", but got " + std::to_string(v.i) + ".");
      if (a.symbolic) representable(op, a, v.i);
      if (a.kind == TypeKind::IntType || a.kind == TypeKind::NumberType) return v.i;
      if (a.kind == TypeKind::FloatType) return static_cast<double>(v.i);
      if (a.kind == TypeKind::BoolType) return v.i != 0;
      if (a.kind == TypeKind::ListType && a.element == TypeKind::IntType) {
        c10::List<int64_t> items;
        for (int i = 0; i < a.places; i++) items.push_back(v.i);
        return items;
      }
      if (a.kind == TypeKind::ListType && a.element == TypeKind::FloatType) return c10::List<double>({static_cast<double>(v.i)});
      mismatch(op, a, "a whole number");
    case Float:
      if (a.kind == TypeKind::FloatType || a.kind == TypeKind::NumberType) return v.f;
      if (a.kind == TypeKind::ListType && a.element == TypeKind::FloatType) return c10::List<double>({v.f});
      mismatch(op, a, "a fraction");
    case Bool:
      if (a.kind == TypeKind::BoolType || a.kind == TypeKind::NumberType) return v.i != 0;
      mismatch(op, a, "a truth value");
    case Complex:
      if (a.kind == TypeKind::NumberType) return c10::complex<double>(static_cast<double*>(v.p)[0], static_cast<double*>(v.p)[1]);
      mismatch(op, a, "a complex number");
    case Ints:
      for (uint32_t i = 0; i < v.length; i++) representable(op, a, static_cast<const int64_t*>(v.p)[i]);
      if (a.kind == TypeKind::ListType && a.element == TypeKind::IntType) return list<int64_t, int64_t>(v);
      if (a.kind == TypeKind::ListType && a.element == TypeKind::FloatType) return list<double, int64_t>(v);
      mismatch(op, a, "a list of whole numbers");
    case Floats:
      if (a.kind == TypeKind::ListType && a.element == TypeKind::FloatType) return list<double, double>(v);
      mismatch(op, a, "a list of fractions");
    case Bools:
      if (a.kind == TypeKind::ListType && a.element == TypeKind::BoolType) return list<bool, bool>(v);
      mismatch(op, a, "a list of truth values");
    case Tensors:
      if (a.kind == TypeKind::ListType && a.element == TypeKind::TensorType) return tensors(op, a, static_cast<void* const*>(v.p), v.length);
      mismatch(op, a, "a list of tensors");
    case Text:
      if (a.kind == TypeKind::StringType) return std::string(static_cast<const char*>(v.p), v.length);
      mismatch(op, a, "a text");
    case Generator:
      if (a.kind == TypeKind::GeneratorType) return generator_of(v.p);
      mismatch(op, a, "a random generator");
    case Device:
      if (a.kind == TypeKind::DeviceObjType)
        return c10::Device(static_cast<c10::DeviceType>(v.i >> 8), static_cast<int8_t>(v.i & 0xff));
      mismatch(op, a, "a device");
  }
  mismatch(op, a, "something unknown");
}

// What the collector is told that a result weighs: its storage, unless another tensor holds that storage already.
uint32_t weight(const at::Tensor& t) {
  if (!t.defined() || t.is_meta() || t.use_count() > 1 || !t.unsafeGetTensorImpl()->has_storage()) return 0;
  const auto& storage = t.unsafeGetTensorImpl()->unsafe_storage();
  if (storage.use_count() > 1 && t.is_view()) return 0;
  return static_cast<uint32_t>((storage.nbytes() + 1023) >> 10);
}

Value result(at::Tensor&& t) {
  Value r{None, 0, {0}};
  if (!t.defined()) return r;
  r.kind = Tensor;
  r.length = weight(t);
  r.p = own(std::move(t));
  return r;
}

Value result(IValue&& v) {
  if (v.isTensor()) return result(std::move(v).toTensor());
  Value r{None, 0, {0}};
  if (v.isTensorList()) {
    auto items = v.toTensorVector();
    r.kind = Tensors;
    r.length = static_cast<uint32_t>(items.size());
    auto handles = static_cast<void**>(std::malloc(sizeof(void*) * (items.size() + 1)));
    for (size_t i = 0; i < items.size(); i++) handles[i] = own(std::move(items[i]));
    r.p = handles;
  } else if (v.isInt() || v.isSymInt()) {
    r.kind = Int;
    r.i = v.toInt();
  } else if (v.isDouble()) {
    r.kind = Float;
    r.f = v.toDouble();
  } else if (v.isBool()) {
    r.kind = Bool;
    r.i = v.toBool();
  } else if (v.isComplexDouble()) {
    r.kind = Complex;
    auto parts = static_cast<double*>(std::malloc(2 * sizeof(double)));
    parts[0] = v.toComplexDouble().real();
    parts[1] = v.toComplexDouble().imag();
    r.p = parts;
  } else if (!v.isNone()) {
    throw std::invalid_argument("a result of the type " + v.tagKind() + " cannot be handed over");
  }
  return r;
}

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

std::vector<at::Tensor> borrow_all(void* const* handles, int count) {
  std::vector<at::Tensor> all;
  all.reserve(count);
  for (int i = 0; i < count; i++) all.push_back(borrow(handles[i]));
  return all;
}

} // namespace

API const char* fed_error() { return error.c_str(); }

// ---- operators

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

API void fed_free(void* memory) { std::free(memory); }

// ---- tensors

struct Info {
  int64_t elements, offset;
  const int64_t* sizes;
  const int64_t* strides;
  void* data;
  int32_t dimensions;
  int8_t type, device_type, device_index;
  uint8_t flags; // 1 requires_grad, 2 is_leaf, 4 contiguous, 8 strided, 16 conjugated, negated or zero only by its mark
};

API int fed_info(TensorImpl* t, Info* info) {
  return guarded([&] {
    auto tensor = borrow(t);
    bool strided = t->layout() == c10::kStrided;
    info->elements = t->numel();
    info->offset = strided ? t->storage_offset() : 0;
    info->sizes = t->sizes().data();
    info->dimensions = static_cast<int32_t>(t->dim());
    info->strides = strided ? t->strides().data() : nullptr;
    info->data = strided && t->has_storage() && t->storage_initialized() ? t->data() : nullptr;
    info->type = static_cast<int8_t>(c10::typeMetaToScalarType(t->dtype()));
    info->device_type = static_cast<int8_t>(t->device().type());
    info->device_index = t->device().index();
    info->flags = (tensor.requires_grad() ? 1 : 0) | (tensor.is_leaf() ? 2 : 0) | (strided && t->is_contiguous() ? 4 : 0) | (strided ? 8 : 0) |
        (tensor.is_conj() || tensor.is_neg() || tensor._is_zerotensor() ? 16 : 0);
  });
}

// Answers 1 when the tensor's memory is free now, 0 when another tensor or a graph still holds it.
API int fed_release(TensorImpl* t) {
  int freed = 0;
  guarded([&] {
    auto last = c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>::reclaim(t);
    freed = last.use_count() == 1 && (!t->has_storage() || t->unsafe_storage().use_count() == 1);
  });
  return freed;
}

API uint32_t fed_weight(TensorImpl* t) {
  if (!t) return 0;
  Borrowed tensor(t);
  return weight(tensor);
}

API void* fed_retain(TensorImpl* t) { return own(borrow(t)); }

API void* fed_grad(TensorImpl* t) {
  void* grad = nullptr;
  guarded([&] {
    auto tensor = borrow(t);
    if (tensor.is_leaf() || tensor.retains_grad()) grad = own(at::Tensor(tensor.grad()));
  });
  return grad;
}

API int fed_set_grad(TensorImpl* t, TensorImpl* grad) {
  return guarded([&] {
    auto tensor = borrow(t), value = borrow(grad);
    if (value.defined()) {
      TORCH_CHECK(value.sizes() == tensor.sizes(), "a gradient has the tensor's own shape ", tensor.sizes(), ", but got ", value.sizes());
      TORCH_CHECK(value.dtype() == tensor.dtype(), "a gradient has the tensor's own type ", tensor.dtype(), ", but got ", value.dtype());
      TORCH_CHECK(value.unsafeGetTensorImpl() != t, "a tensor cannot be its own gradient");
    }
    tensor.mutable_grad() = value;
  });
}

// A tensor over memory of the caller; `freed` is called with `context` when the last tensor on it is gone.
API void* fed_from_blob(void* data, const int64_t* sizes, int dimensions, int type, void (*freed)(void*), void* context) {
  void* handle = nullptr;
  guarded([&] {
    handle = own(at::from_blob(data, at::IntArrayRef(sizes, dimensions), [freed, context](void*) { freed(context); },
        at::TensorOptions().dtype(static_cast<at::ScalarType>(type))));
  });
  return handle;
}

API int fed_backward(void* const* tensors, int count, void* const* gradients, int gradient_count, int retain, int create, void* const* inputs, int input_count) {
  return guarded([&] {
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(gradients, gradient_count),
        retain < 0 ? c10::nullopt : c10::optional<bool>(retain != 0), create != 0, borrow_all(inputs, input_count));
  });
}

API int fed_gradients(void* const* outputs, int count, void* const* inputs, int input_count, void* const* gradients, int gradient_count, int retain,
    int create, int allow_unused, void** results) {
  return guarded([&] {
    auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count), borrow_all(gradients, gradient_count),
        retain < 0 ? c10::nullopt : c10::optional<bool>(retain != 0), create != 0, allow_unused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = own(std::move(found[i]));
  });
}

// Writes libtorch's archive of one tensor in pieces. Reading one is managed code: libtorch trusts a file more than it should.
API int fed_save(TensorImpl* t, int (*write)(const void*, size_t, void*), void* context) {
  return guarded([&] {
    torch::serialize::OutputArchive archive;
    archive.write("0", borrow(t));
    archive.save_to([&](const void* piece, size_t length) -> size_t { return write(piece, length, context) == 0 ? length : 0; });
  });
}

// ---- modes, threads, defaults

API int fed_grad_enabled() { return c10::GradMode::is_enabled(); }
API void fed_set_grad_enabled(int enabled) { c10::GradMode::set_enabled(enabled != 0); }
API int fed_inference_enabled() { return c10::InferenceMode::is_enabled(); }
API void* fed_enter_inference(int enabled) { return new c10::InferenceMode(enabled != 0); }
API void fed_leave_inference(c10::InferenceMode* mode) { delete mode; }

API int fed_threads() { return at::get_num_threads(); }
API int fed_set_threads(int count) {
  return guarded([&] {
    at::set_num_threads(count);
    // libtorch does not tell OpenBLAS.
    if (auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
  });
}
API int fed_interop_threads() { return at::get_num_interop_threads(); }
API int fed_set_interop_threads(int count) { return guarded([&] { at::set_num_interop_threads(count); }); }

API int fed_default_type() { return static_cast<int>(c10::typeMetaToScalarType(c10::get_default_dtype())); }
API int fed_set_default_type(int type) {
  return guarded([&] { c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(type))); });
}

// ---- random numbers

API void* fed_default_generator() { return at::Generator(at::detail::getDefaultCPUGenerator()).unsafeReleaseGeneratorImpl(); }
API void* fed_new_generator(uint64_t seed) { return at::detail::createCPUGenerator(seed).unsafeReleaseGeneratorImpl(); }
API void fed_release_generator(c10::GeneratorImpl* g) { c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(g); }
API void fed_set_seed(c10::GeneratorImpl* g, uint64_t seed) {
  std::lock_guard<std::mutex> lock(g->mutex_);
  g->set_current_seed(seed);
}
API uint64_t fed_current_seed(c10::GeneratorImpl* g) { return g->current_seed(); }
API uint64_t fed_new_seed(c10::GeneratorImpl* g) {
  std::lock_guard<std::mutex> lock(g->mutex_);
  return g->seed();
}
API void* fed_generator_state(c10::GeneratorImpl* g) {
  void* state = nullptr;
  guarded([&] { state = own(generator_of(g).get_state()); });
  return state;
}
API int fed_set_generator_state(c10::GeneratorImpl* g, TensorImpl* state) {
  return guarded([&] { generator_of(g).set_state(borrow(state)); });
}
