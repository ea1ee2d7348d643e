// Files of tensors. Reading one is managed code: libtorch trusts a file more than it should.

// Writes libtorch's archive of one tensor in pieces.
API int fed_save(TensorImpl* t, int (*write)(const void*, size_t, void*), void* context) {
  return guarded([&] {
    torch::serialize::OutputArchive archive;
    archive.write("0", borrow(t));
    archive.save_to([&](const void* piece, size_t length) -> size_t { return write(piece, length, context) == 0 ? length : 0; });
  });
}
