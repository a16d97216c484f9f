/**
 * The method {@code tofc}: token features, merged by density-peak clustering and coded with learned entropy models
 * (docs/methods.md). Its codec is the package below.
 */
package dev.tandem.method.tofc;
