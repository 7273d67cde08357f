// Several lambdas as one visitor: std::visit(Overloaded{[](A) {…}, [](B) {…}}, variant).
#pragma once

namespace parlance {

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace parlance
