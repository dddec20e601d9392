void f(void)
{
here:;
here:; //~ ERROR FH1202
}
