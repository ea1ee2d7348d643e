// What holds for the thread or the process: memory, modes, threads, types, random numbers.

namespace {

// Activations of a few MB come and go in every training step. With its defaults glibc returns them to the system
// each time and pays the page faults again; keeping them halves the time of a convolution's step.
__attribute__((constructor)) void prepare() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 512 << 20);
  // Collecting a backtrace costs milliseconds an error, and nobody reads it on the other side.
  c10::SetStackTraceFetcher([] { return std::string(); });
}

} // namespace

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
