// The native half of this assembly: libtorch's dispatcher and a handful of functions behind a C boundary.
//
// - Every operator goes through one entry point, `fed_call`, by its schema. Arguments are 16-byte tagged values.
// - A tensor's handle is its TensorImpl* with one reference of its own. Arguments are borrowed, results are owned.
// - No exception crosses the boundary: a function answers -1 (or null) and `fed_error` gives the text, per thread.
//
// It is compiled as one piece: reading libtorch's headers takes longer than all the rest.

#include <ATen/ATen.h>
#include <ATen/CPUFunctions.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Logging.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/library.h>
#include <torch/serialize.h>

#include <dlfcn.h>
#include <malloc.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "boundary.h" // what crosses, who owns it, how it fails

#include "values.h" // arguments and results, checked against an operator's schema

#include "direct.h" // arithmetic, called without boxing

#include "refusals.h" // what must not reach libtorch

#include "operators.cpp"
#include "tensors.cpp"
#include "files.cpp"
#include "settings.cpp"
#include "pooling.cpp"
