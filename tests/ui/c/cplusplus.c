int main(void)
{
    int *p = new int; //~ ERROR FH1902
    delete p; //~ ERROR FH1902
    return 0;
}
