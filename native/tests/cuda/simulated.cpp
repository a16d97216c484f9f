// The library's own sources, compiled for the host against the simulator.
#include "cuda/cluster.cu"
#include "cuda/hyper.cu"
#include "cuda/quantise.cu"
