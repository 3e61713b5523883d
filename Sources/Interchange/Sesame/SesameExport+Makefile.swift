extension SesameExport {
  /// Builds and runs the application with the environment's own tools.
  var makefileText: String {
    let name = application.name
    let map = mapping == nil ? "" : " -m ../$(NAME)_map.yml"
    return """
      # Builds and runs the application with the tools of the Sesame environment.
      NAME = \(name)
      YML = $(NAME)_app.yml
      APPVIRTUAL_MAP = ../$(NAME)_appvirt_map.yml
      APP_LIB = lib$(NAME).so
      ITERATIONS = \(options.iterations)

      CLASSES := $(shell PNRunnerYMLTool --classes $(YML))
      SOURCES := $(shell PNRunnerYMLTool --sources $(YML)) $(NAME)_stub.cpp
      BASES := $(CLASSES:%=%_Base.h)
      OBJECTS := $(SOURCES:.cpp=.o)
      CXXFLAGS += -fPIC $(shell sesamesim-config --PNRunner-cflags)
      LIBS := $(shell sesamesim-config --PNRunner-libs)

      .PHONY: build run runmap runtrace clean

      build: $(APP_LIB)

      $(APP_LIB): $(OBJECTS)
      \t$(CXX) -shared -o $@ $(OBJECTS) $(LIBS)

      $(OBJECTS): $(BASES) transfers.h

      # A base class is written only where it changes, so that nothing is compiled in vain.
      %_Base.h: $(YML)
      \tPNRunnerYMLTool --create-base-class $(YML) $* > $@.new
      \tcmp -s $@.new $@ && rm $@.new || mv $@.new $@

      $(NAME)_stub.cpp: $(YML)
      \tPNRunnerYMLTool --create-stubs $(YML) > $@

      run: build
      \tPNRunner -L . $(YML) iterations=$(ITERATIONS)

      runmap: build
      \tPNRunner -L . -m $(APPVIRTUAL_MAP) $(YML) iterations=$(ITERATIONS)

      runtrace: build
      \tPNRunner -L .\(map) -T trace $(YML) iterations=$(ITERATIONS)

      clean:
      \trm -f $(APP_LIB) $(OBJECTS) $(BASES) $(NAME)_stub.cpp trace[0-9]*

      """
  }
}
