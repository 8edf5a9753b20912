"""The model as an ONNX file, written without the onnx package: its format is a handful of protobuf messages."""
