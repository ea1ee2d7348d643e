// The work that is measured, in C++ on libtorch: see compare.py for what it is asked and answers.
#include <torch/torch.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <string>

namespace F = torch::nn::functional;
using Case = std::function<double(int)>;
using torch::Tensor;

Case add(bool requires_grad) {
  auto x = torch::ones({2, 2}, torch::requires_grad(requires_grad));
  auto y = torch::ones({2, 2});
  return [=](int count) {
    for (int i = 0; i < count; i++) auto z = x + y;
    return (x + y).sum().item<float>();
  };
}

Case matmul() {
  torch::manual_seed(5);
  auto a = torch::randn({1024, 1024});
  auto b = torch::randn({1024, 1024});
  return [=](int count) {
    for (int i = 0; i < count; i++) auto c = a.matmul(b);
    return a.matmul(b).sum().item<float>();
  };
}

struct CnnImpl : torch::nn::Module {
  torch::nn::Conv2d conv1{nullptr}, conv2{nullptr};
  torch::nn::Linear fc1{nullptr}, fc2{nullptr};
  CnnImpl() {
    conv1 = register_module("conv1", torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 20, 5)));
    conv2 = register_module("conv2", torch::nn::Conv2d(torch::nn::Conv2dOptions(20, 50, 5)));
    fc1 = register_module("fc1", torch::nn::Linear(4 * 4 * 50, 500));
    fc2 = register_module("fc2", torch::nn::Linear(500, 10));
  }
  Tensor forward(Tensor x) {
    x = torch::max_pool2d(torch::relu(conv1(x)), {2, 2}, {2, 2});
    x = torch::max_pool2d(torch::relu(conv2(x)), {2, 2}, {2, 2});
    x = torch::relu(fc1(x.view({-1, 4 * 4 * 50})));
    return torch::log_softmax(fc2(x), 1);
  }
};
TORCH_MODULE(Cnn);

torch::nn::Sequential mlp() {
  torch::nn::Linear first(784, 128);
  return torch::nn::Sequential(first, torch::nn::ReLU(), torch::nn::Linear(128, 10));
}

template <class Make, class MakeOptimizer, class Loss>
Case train(int seed, Make make, std::vector<int64_t> shape, MakeOptimizer optimizer, Loss loss) {
  torch::manual_seed(seed);
  auto model = make();
  auto x = torch::randn(shape);
  auto y = torch::randint(10, {64}, torch::kLong);
  auto opt = optimizer(model->parameters());
  return [=](int count) mutable {
    double last = 0;
    for (int i = 0; i < count; i++) {
      opt->zero_grad();
      auto l = loss(model->forward(x), y);
      l.backward();
      opt->step();
      last = l.template item<float>();
    }
    return last;
  };
}

int64_t nanoseconds(clockid_t clock) {
  timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char** argv) {
  torch::set_num_threads(1);
  if (argc > 1) {
    torch::ones({2, 2});
    std::cout << "ready" << std::endl;
    return 0;
  }
  auto sgd = [](double rate) {
    return [rate](std::vector<Tensor> p) { return std::make_shared<torch::optim::SGD>(std::move(p), torch::optim::SGDOptions(rate)); };
  };
  auto adam = [](std::vector<Tensor> p) { return std::make_shared<torch::optim::Adam>(std::move(p), torch::optim::AdamOptions(1e-6)); };
  auto cross_entropy = [](const Tensor& x, const Tensor& y) { return torch::cross_entropy_loss(x, y); };
  auto nll = [](const Tensor& x, const Tensor& y) { return torch::nll_loss(x, y); };
  std::map<std::string, Case> cases;
  cases["add"] = add(false);
  cases["add-grad"] = add(true);
  cases["mlp"] = train(3, mlp, {64, 784}, sgd(0.05), cross_entropy);
  cases["mlp-adam"] = train(3, mlp, {64, 784}, adam, cross_entropy);
  cases["cnn"] = train(4, [] { return Cnn(); }, {64, 1, 28, 28}, sgd(0.01), nll);
  cases["matmul"] = matmul();
  std::cout << "ready" << std::endl;
  std::string name;
  int count;
  while (std::cin >> name >> count) {
    auto processor = nanoseconds(CLOCK_PROCESS_CPUTIME_ID), wall = nanoseconds(CLOCK_MONOTONIC);
    double check = cases.at(name)(count);
    wall = nanoseconds(CLOCK_MONOTONIC) - wall;
    processor = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    std::printf("%ld %ld %.9g\n", wall, processor, check);
    std::fflush(stdout);
  }
}
