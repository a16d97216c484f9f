/**
 * Level 3: merging the tokens of a picture into fewer, the most important first: density-peak clustering by nearest
 * neighbours, in plain Java (the oracle) and by libtandem. Works on tensors that somebody else owns. Knows no model, no
 * operating point and no order of bits; what comes out need not be the same on two machines, since only one end merges.
 */
package dev.tandem.cluster;
