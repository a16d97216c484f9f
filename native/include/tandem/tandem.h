/* The whole C ABI of libtandem. Plain C11; every function is safe to call from any thread unless its header says so. */
#ifndef TANDEM_TANDEM_H
#define TANDEM_TANDEM_H

#include <tandem/capability.h>
#include <tandem/cluster.h>
#include <tandem/crc32c.h>
#include <tandem/cuda.h>
#include <tandem/export.h>
#include <tandem/hyper.h>
#include <tandem/quantise.h>
#include <tandem/rans.h>
#include <tandem/status.h>
#include <tandem/version.h>

#endif
