// The boundary: what is exported, who owns a reference, and the one channel for errors.

#pragma once

#define API extern "C" __attribute__((visibility("default")))

using c10::IValue;
using c10::TensorImpl;
using c10::TypeKind;

namespace {

thread_local std::string error;

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

std::vector<at::Tensor> borrow_all(void* const* handles, int count) {
  std::vector<at::Tensor> all;
  all.reserve(count);
  for (int i = 0; i < count; i++) all.push_back(borrow(handles[i]));
  return all;
}

} // namespace

API const char* fed_error() { return error.c_str(); }

API void fed_free(void* memory) { std::free(memory); }
