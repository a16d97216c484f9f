/* What every public header needs: linkage, visibility, and the promise that no C++ exception comes out. */
#ifndef TANDEM_EXPORT_H
#define TANDEM_EXPORT_H

#if defined(TANDEM_BUILDING)
#define TD_API __attribute__((visibility("default")))
#else
#define TD_API
#endif

#ifdef __cplusplus
#define TD_NOEXCEPT noexcept
#define TD_BEGIN extern "C" {
#define TD_END }
#else
#define TD_NOEXCEPT
#define TD_BEGIN
#define TD_END
#endif

#endif
