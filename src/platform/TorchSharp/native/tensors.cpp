// A tensor's properties, its gradient, and the graph behind it.

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

// The names of its dimensions, a line each, to be freed by the caller; null when it has none.
API char* fed_names(TensorImpl* t) {
  char* text = nullptr;
  guarded([&] {
    auto tensor = borrow(t);
    if (!tensor.has_names()) return;
    std::string lines;
    for (const auto& name : tensor.names()) lines += "\n" + std::string(name.isWildcard() ? "" : name.symbol().toUnqualString());
    text = strdup(lines.c_str() + 1); // after the first line end
  });
  return text;
}

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
