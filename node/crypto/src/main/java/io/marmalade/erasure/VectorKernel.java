package io.marmalade.erasure;

abstract non-sealed class VectorKernel implements TransformKernel {}
