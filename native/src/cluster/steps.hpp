// The steps of DPC-KNN between the passes of a tier. Each reads and writes the workspace as its name says.
#pragma once

#include "cluster/workspace.hpp"

namespace tandem::cluster {

// centre: about the mean token. False where a value is not finite; where: the first such.
bool find_centre(const Kernel &kernel, const Problem &problem, Workspace &work, std::int64_t &where) noexcept;

// distances, near; the greatest distance, infinite where one overflows.
float measure(const Kernel &kernel, const Problem &problem, Workspace &work) noexcept;

// density, then order (densest first) and rank.
void rank_by_density(const Problem &problem, Workspace &work) noexcept;

// separation, importance.
void weigh(const Kernel &kernel, const Problem &problem, Workspace &work, float greatest) noexcept;

// The most important tokens, and their importance.
void choose_centres(const Problem &problem, Workspace &work, Result &result) noexcept;

// Every token to its nearest centre, every centre to itself.
void assign(const Problem &problem, Workspace &work, Result &result) noexcept;

void merge(const Kernel &kernel, const Problem &problem, Workspace &work, Result &result) noexcept;

} // namespace tandem::cluster
