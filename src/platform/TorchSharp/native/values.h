// Arguments and results as they cross the boundary, and what an operator's schema says of them.

#pragma once

namespace {

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
  void (*refuse)(const Operator&, const torch::jit::Stack&); // see refusals.h; mostly null
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

// A list of texts comes as one, a line each.
IValue texts(const Value& v) {
  c10::List<std::string> items;
  auto line = static_cast<const char*>(v.p);
  for (auto end = line + v.length; v.length && line <= end;) {
    auto stop = std::find(line, end, '\n');
    items.push_back(std::string(line, stop));
    line = stop + 1;
  }
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
      // Where sizes are needed, libtorch reads the first ones unchecked.
      if (v.length == 0 && a.places > 1 && !a.fallback && !a.optional) mismatch(op, a, "an empty list");
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
      if (a.kind == TypeKind::ListType && a.element == TypeKind::StringType) return texts(v);
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

} // namespace
